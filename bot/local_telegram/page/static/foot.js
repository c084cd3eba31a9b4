/** The foot of a conversation: the composer, or what must be pressed before one may write. */

import { h, reconcile } from "./dom.js";
import { Rove } from "./rove.js";

const LITTLE = 3;
// How bots label the buttons by which one leaves a question unanswered.
const WAY_OUT = /退出|取消|跳过|返回|exit|cancel|skip|back/i;

export class Foot {
  /** `on` = {start(), unblock(), reopen(), example(text)}; `composer` is the element to write in. */
  constructor({ composer, on }) {
    this.composer = composer;
    this.on = on;
    this.start = wide("开始", on.start, "strong");
    this.unblock = wide("解除屏蔽，继续对话", on.unblock);
    const reopen = h("button", { type: "button", class: "link", onClick: on.reopen }, "重开");
    this.closed = h("div", { class: "notice" }, "这个话题已关闭", reopen);
    this.chips = h("div", { class: "chips", role: "group", "aria-label": "可以这样问" });
    this.rove = new Rove(this.chips, {
      items: () => [...this.chips.children],
      first: (items) => items[0],
      flat: true,
    });
    this.element = h(
      "footer",
      { class: "foot" },
      this.closed,
      this.chips,
      this.start,
      this.unblock,
      composer,
    );
  }

  /** `state` = {mode: "write" | "start" | "blocked" | "none", closed, examples}. */
  show({ mode, closed, examples }) {
    this.start.hidden = mode !== "start";
    this.unblock.hidden = mode !== "blocked";
    this.composer.hidden = mode !== "write";
    this.closed.hidden = !closed || mode !== "write";
    this.chips.hidden = mode !== "write" || examples.length === 0;
    reconcile(
      this.chips,
      examples.map((example) => this.chip(example)),
    );
    this.rove.refresh();
  }

  chip({ label, text }) {
    const props = {
      type: "button",
      class: "chip",
      title: text,
      onClick: () => this.on.example(text),
    };
    return { key: text, sig: label, build: () => h("button", props, label) };
  }
}

function wide(label, onClick, look = "") {
  return h("button", { type: "button", class: `button wide ${look}`, onClick }, label);
}

/** Whether a form or a menu is open: the latest of the bot's words has a button that leads out. */
function isAsking(messages) {
  const rows = messages.findLast((m) => !m.out)?.reply_markup?.inline_keyboard ?? [];
  return rows.flat().some((key) => WAY_OUT.test(key.text));
}

/** What the foot shows at a place: `start` is a deep link's payload that still waits, or null. */
export function footState({ chat, topic, blocked, loaded, messages, start, examples }) {
  if (!chat || !loaded) return { mode: "none", closed: false, examples: [] };
  if (chat.type !== "private")
    return { mode: "write", closed: Boolean(topic?.closed), examples: [] };
  if (blocked) return { mode: "blocked", closed: false, examples: [] };
  if (messages.length === 0 || start !== null)
    return { mode: "start", closed: false, examples: [] };
  const written = messages.filter((m) => m.out && m.text && !m.text.startsWith("/")).length;
  const offered = written < LITTLE && !isAsking(messages);
  return { mode: "write", closed: false, examples: offered ? examples : [] };
}
