/** The list of the bot's commands above the composer: by its button, or while "/" is typed. */

import { Offers } from "./offers.js";

const TYPING_A_COMMAND = /^\/([a-z0-9_]*)$/i;

export class CommandMenu extends Offers {
  /** `load()` resolves to [{command, description}]; `onPick("/command")` when one is chosen. */
  constructor({ input, load, onPick }) {
    const lines = (choice) => [`/${choice.command}`, choice.description];
    super({ input, label: "机器人的命令", lines });
    this.load = load;
    this.onPick = onPick;
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

  pick(choice) {
    this.hide();
    this.onPick(`/${choice.command}`);
  }

  complete(choice) {
    this.input.value = `/${choice.command} `;
    this.input.dispatchEvent(new Event("input"));
  }
}
