/** What the bot offers while "@bot words" is typed: each is sent as if one had written it. */

import { Offers } from "./offers.js";

const ASKING = /^@(\w+)\s([\s\S]*)$/;
const PAUSE = 250;

export class InlineMenu extends Offers {
  /**
   * `on` = {bot(), ask(text), choose(page, result)}: the name to be typed, or null without inline
   * mode; the page {id, results: [{id, title, description}]}; whether the result was sent.
   */
  constructor({ input, on }) {
    const lines = (choice) => [choice.title, choice.description];
    super({ input, label: "机器人的答复，选一条发出", lines });
    this.element.classList.add("inline");
    this.on = on;
  }

  /** What the composer asks the bot, or null. */
  get asked() {
    const [, bot, text] = ASKING.exec(this.input.value) ?? [];
    return bot && bot.toLowerCase() === this.on.bot()?.toLowerCase() ? text : null;
  }

  /** Show what the bot offers for the words, once nothing more is typed. */
  follow() {
    clearTimeout(this.timer);
    if (this.asked === null) return this.hide();
    this.timer = setTimeout(() => this.load(this.asked), PAUSE);
    return undefined;
  }

  async load(text) {
    if (text === null) return;
    const page = await this.on.ask(text).catch(() => ({ results: [] }));
    if (this.asked !== text || this.input !== document.activeElement) return;
    this.page = page.id;
    this.show(page.results);
  }

  async pick(choice) {
    this.hide();
    const written = this.input.value;
    this.write("");
    if (!(await this.on.choose(this.page, choice.id)) && !this.input.value) this.write(written);
  }

  complete(choice) {
    return this.pick(choice);
  }

  write(text) {
    this.input.value = text;
    this.input.dispatchEvent(new Event("input"));
  }
}
