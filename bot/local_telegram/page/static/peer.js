/** In a window with room for one panel: the button that turns to the other. */

import { avatar, badge, h } from "./dom.js";
import { nameOf } from "./format.js";

export class Peer {
  /** `panel()` is the other panel, or nothing while there is none to turn to. */
  constructor({ panel, turn }) {
    this.panel = panel;
    this.element = h("button", { type: "button", class: "peer", hidden: true, onClick: turn });
  }

  draw() {
    const panel = this.panel();
    this.element.hidden = !panel?.person;
    if (this.element.hidden) return;
    const { person, store } = panel;
    const [name, unread] = [nameOf(person), store?.allUnread() ?? 0];
    const told = unread ? `，${unread} 条未读` : "";
    const label = `换到${name}的窗口${told}`;
    if (this.element.title === label) return;
    this.element.title = label;
    this.element.setAttribute("aria-label", label);
    this.element.replaceChildren(avatar(person.id, name), badge(unread) ?? "");
  }
}
