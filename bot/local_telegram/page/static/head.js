/** The head of a conversation: where one is, and what may be done there. */

import { avatar, h, iconButton } from "./dom.js";
import { below } from "./overlay.js";

export class Head {
  constructor({ back, menu, peer }) {
    this.back = iconButton("back", "返回聊天列表", back, { class: "icon-button back" });
    this.face = h("span", { class: "head-face" });
    this.title = h("h1", {});
    this.note = h("p", {});
    const more = iconButton("more", "聊天菜单", () => menu(below(more)), {
      "aria-haspopup": "menu",
    });
    this.more = more;
    const text = h("div", { class: "head-text" }, this.title, this.note);
    this.element = h("header", { class: "head" }, this.back, this.face, text, peer, more);
  }

  show({ chat, topic, store, place }) {
    this.element.hidden = chat === null;
    if (!chat) return;
    const general = chat.is_forum && place.thread === null;
    const title = topic?.name ?? (general ? "常规" : chat.title);
    const sign = topic?.icon || title;
    if (this.drawn !== `${topic?.id} ${sign}`)
      this.face.replaceChildren(avatar(topic?.id ?? chat.title, sign));
    this.drawn = `${topic?.id} ${sign}`;
    this.title.textContent = title;
    const note = noteOf({ chat, topic, store, place });
    this.note.textContent = note;
    this.note.classList.toggle("lively", note === TYPING || note === CONNECTING);
    this.more.hidden = general || (chat.type !== "private" && !chat.is_forum);
  }
}

const TYPING = "正在输入…";
const CONNECTING = "正在重新连接…";

function noteOf({ chat, topic, store, place }) {
  if (!store.online) return CONNECTING;
  if (store.isTyping(place.chat, place.thread)) return TYPING;
  if (chat.type === "private") return "机器人";
  if (!chat.is_forum) return "群组";
  return topic?.closed ? `${chat.title} · 已关闭` : chat.title;
}
