/** A list of choices above the composer, which is walked with the arrows while one writes. */

import { h } from "./dom.js";

const STEP = { ArrowDown: 1, ArrowUp: -1 };

export class Offers {
  /**
   * `label` names the list; `lines(choice)` gives its title and what is said of it. `pick(choice)`
   * and `complete(choice)` are what Enter and Tab do.
   */
  constructor({ input, label, lines }) {
    this.input = input;
    this.lines = lines;
    this.choices = [];
    this.at = 0;
    const id = `offers-${Math.random().toString(36).slice(2)}`;
    this.element = h("div", {
      class: "commands",
      role: "listbox",
      id,
      "aria-label": label,
      hidden: true,
    });
    const others = input.getAttribute("aria-controls");
    input.setAttribute("aria-controls", [others, id].filter(Boolean).join(" "));
    input.addEventListener("input", () => this.follow());
    input.addEventListener("blur", () => this.hide());
  }

  get open() {
    return !this.element.hidden;
  }

  show(choices) {
    this.choices = choices;
    this.at = 0;
    this.element.replaceChildren(...choices.map((choice, at) => this.row(choice, at)));
    this.element.hidden = choices.length === 0;
    this.mark();
  }

  hide() {
    if (!this.open) return;
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
    const [title, about] = this.lines(choice);
    const text = [h("b", {}, title), h("span", {}, about)];
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
}
