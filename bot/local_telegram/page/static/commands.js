/** The list of the bot's commands above the composer: by its button, or while "/" is typed. */

import { h } from "./dom.js";

const TYPING_A_COMMAND = /^\/([a-z0-9_]*)$/i;
const STEP = { ArrowDown: 1, ArrowUp: -1 };

export class CommandMenu {
  /** `load()` resolves to [{command, description}]; `onPick("/command")` when one is chosen. */
  constructor({ input, load, onPick }) {
    this.input = input;
    this.load = load;
    this.onPick = onPick;
    this.choices = [];
    this.at = 0;
    const id = `commands-${Math.random().toString(36).slice(2)}`;
    this.element = h("div", {
      class: "commands",
      role: "listbox",
      id,
      "aria-label": "机器人的命令",
      hidden: true,
    });
    input.setAttribute("aria-controls", id);
    input.addEventListener("input", () => this.follow());
    input.addEventListener("blur", () => this.hide());
  }

  get open() {
    return !this.element.hidden;
  }

  /** Show what fits the text in the composer, or hide. */
  async follow() {
    const typed = TYPING_A_COMMAND.exec(this.input.value);
    if (!typed) return this.hide();
    const all = await this.load().catch(() => []);
    if (!TYPING_A_COMMAND.test(this.input.value)) return this.hide();
    return this.show(all.filter((c) => c.command.startsWith(typed[1].toLowerCase())));
  }

  /** The button: all commands, or none if they are shown already. */
  async toggle() {
    if (this.open) return this.hide();
    const all = await this.load().catch(() => []);
    this.input.focus();
    return this.show(all);
  }

  show(choices) {
    this.choices = choices;
    this.at = 0;
    this.element.replaceChildren(...choices.map((choice, at) => this.row(choice, at)));
    this.element.hidden = choices.length === 0;
    this.mark();
  }

  hide() {
    this.element.hidden = true;
    this.input.removeAttribute("aria-activedescendant");
  }

  /** Handle a key while the list is open; true when it was for the list. */
  key(event) {
    if (!this.open) return false;
    if (event.key in STEP) {
      this.at = (this.at + STEP[event.key] + this.choices.length) % this.choices.length;
      this.mark();
    } else if (event.key === "Enter" && !event.shiftKey) this.pick(this.choices[this.at]);
    else if (event.key === "Tab") this.complete(this.choices[this.at]);
    else if (event.key === "Escape") this.hide();
    else return false;
    event.preventDefault();
    return true;
  }

  row(choice, at) {
    const text = [h("b", {}, `/${choice.command}`), h("span", {}, choice.description)];
    const row = h("div", { role: "option", id: `${this.element.id}-${at}` }, text);
    // The press must not take the focus from the composer, whose blur hides this list.
    row.addEventListener("pointerdown", (event) => event.preventDefault());
    row.addEventListener("click", () => this.pick(choice));
    return row;
  }

  mark() {
    [...this.element.children].forEach((row, at) =>
      row.setAttribute("aria-selected", at === this.at),
    );
    const marked = this.open ? this.element.children[this.at] : null;
    if (!marked) return;
    this.input.setAttribute("aria-activedescendant", marked.id);
    marked.scrollIntoView({ block: "nearest" });
  }

  pick(choice) {
    this.hide();
    this.onPick(`/${choice.command}`);
  }

  complete(choice) {
    this.input.value = `/${choice.command} `;
    this.input.dispatchEvent(new Event("input"));
  }
}
