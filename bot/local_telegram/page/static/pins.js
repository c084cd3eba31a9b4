/** The message that is pinned where one is, above the conversation. */

import { h, icon } from "./dom.js";
import { preview } from "./format.js";

export class Pins {
  /** `jump(id)` brings a message into sight. */
  constructor(jump) {
    this.jump = jump;
    this.pinned = [];
    this.at = -1;
    this.words = h("span", { class: "pins-text" });
    this.element = h(
      "button",
      { type: "button", class: "pins", hidden: true, onClick: () => this.next() },
      icon("tack"),
      this.words,
    );
  }

  /** `ids` are pinned in the chat, the last one last; those among `messages` are pinned here. */
  show(ids, messages) {
    const here = new Map(messages.map((message) => [message.message_id, message]));
    const pinned = ids.filter((id) => here.has(id)).map((id) => here.get(id));
    if (String(pinned.map(idOf)) !== String(this.pinned.map(idOf))) this.at = pinned.length - 1;
    this.pinned = pinned;
    this.draw();
  }

  /** Go to the pinned message that is named, and name the one before it. */
  next() {
    this.jump(idOf(this.pinned[this.at]));
    this.at = (this.at + this.pinned.length - 1) % this.pinned.length;
    this.draw();
  }

  draw() {
    const message = this.pinned[this.at];
    this.element.hidden = message === undefined;
    if (!message) return;
    const many = this.pinned.length > 1 ? ` ${this.at + 1}/${this.pinned.length}` : "";
    this.words.replaceChildren(h("b", {}, `置顶消息${many}`), h("span", {}, preview(message)));
  }
}

function idOf(message) {
  return message.message_id;
}
