/** The messages of one chat or topic, kept at the end while the person reads the end. */

import { dayRow, messageRow, olderRow, typingRow } from "./bubble.js";
import { h, iconButton, reconcile } from "./dom.js";
import { dayOf, nameOf, preview, senderOf, serviceLine } from "./format.js";
import { Rove } from "./rove.js";

const SHOWN_AT_FIRST = 150;
const NEAR_END = 60;
const RUN = 600;

export class Conversation {
  /**
   * `on` as in bubble.js; `onSeen()` the newest message is in sight; `onMore()` draw again;
   * `onLeave()` the keyboard leaves the messages.
   */
  constructor({ on, onSeen, onMore, onLeave }) {
    this.on = on;
    this.onLeave = onLeave;
    this.onSeen = onSeen;
    this.onMore = onMore;
    this.key = null;
    this.missed = 0;
    this.list = h("ol", { class: "messages", "aria-label": "消息，用上下键选择" });
    this.count = h("span", { class: "count" });
    this.pill = iconButton("down", "到最新消息", () => this.toEnd(), {
      class: "pill",
      hidden: true,
    });
    this.pill.append(this.count);
    this.voice = h("div", { class: "unseen", "aria-live": "polite" });
    this.blank = h("div", { class: "blank" });
    this.element = h(
      "div",
      { class: "conversation" },
      this.list,
      this.blank,
      this.pill,
      this.voice,
    );
    this.atEnd = true;
    this.top = 0;
    this.rove = new Rove(this.list, {
      items: () => [...this.list.querySelectorAll("[data-message], .older button")],
      first: (items) => items.at(-1),
      onKey: (event, row) => this.rowKey(event, row),
    });
    this.list.addEventListener("scroll", () => this.scrolled());
    // Pictures that arrive and keyboards that rise change the height: the end stays the end. A list
    // that was off the page has lost its place.
    const watch = new ResizeObserver(() => this.keepPlace());
    watch.observe(this.list);
    this.list.addEventListener("load", () => this.atEnd && this.toEnd(), true);
  }

  /**
   * Draw `messages`, oldest first. `key` names the place, `named` shows who wrote, `blank` is said
   * where there is nothing yet.
   */
  show(key, messages, { named, typing, blank }) {
    if (key !== this.key) this.enter(key);
    this.blank.hidden = messages.length > 0;
    this.blank.textContent = blank;
    const hidden = Math.max(0, messages.length - this.shown);
    reconcile(this.list, this.rows(messages.slice(hidden), hidden, { named, typing }));
    this.rove.refresh();
    if (this.atEnd) this.toEnd();
    this.drawPill();
  }

  enter(key) {
    this.key = key;
    this.shown = SHOWN_AT_FIRST;
    this.missed = 0;
    this.atEnd = true;
    this.voice.textContent = "";
    this.list.replaceChildren();
  }

  /** A message came to the place that is open. */
  arrived(message) {
    if (message.out) {
      this.atEnd = true;
      return;
    }
    if (serviceLine(message) === null) {
      this.voice.textContent = `${nameOf(senderOf(message))}：${preview(message)}`;
      if (!this.atEnd) this.missed += 1;
    }
  }

  rows(messages, hidden, { named, typing }) {
    const rows = [];
    if (hidden)
      rows.push({ key: "older", sig: hidden, build: () => olderRow(hidden, () => this.more()) });
    let before = null;
    for (const group of albums(messages)) {
      const [message] = group;
      const day = dayOf(message.date);
      const newDay = before === null || dayOf(before.date) !== day;
      if (newDay) rows.push({ key: `day ${day}`, sig: day, build: () => dayRow(day) });
      const first = newDay || !sameRun(before, message);
      const build = () => messageRow(group, { named, first, on: this.on });
      const sig = JSON.stringify([group, first, named, Boolean(this.on.command)]);
      rows.push({ key: String(message.message_id), sig, build });
      before = group.at(-1);
    }
    if (typing) rows.push({ key: "typing", sig: "", build: typingRow });
    return rows;
  }

  more() {
    this.shown += SHOWN_AT_FIRST;
    const fromEnd = this.list.scrollHeight - this.list.scrollTop;
    this.onMore();
    this.list.scrollTop = this.list.scrollHeight - fromEnd;
  }

  /** Enter on a message opens its menu, Escape goes back to writing. */
  rowKey({ key, shiftKey }, row) {
    if (key === "Escape") this.onLeave();
    else if (key === "Enter" || key === "ContextMenu" || (key === "F10" && shiftKey)) {
      const more = row.querySelector(".more");
      (more ?? row).click();
    } else return false;
    return true;
  }

  keepPlace() {
    if (this.atEnd) this.toEnd();
    else this.list.scrollTop = this.top;
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.list;
    if (!clientHeight) return;
    this.top = scrollTop;
    this.atEnd = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.atEnd) {
      this.missed = 0;
      this.onSeen();
    }
    this.drawPill();
  }

  toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
  }

  /** Bring a message into sight and let it light up. */
  jump(id) {
    const row = this.list.querySelector(`[data-message="${id}"]`);
    if (!row) return;
    row.scrollIntoView({ block: "center", behavior: "smooth" });
    row.classList.add("lit");
    setTimeout(() => row.classList.remove("lit"), 1600);
  }

  drawPill() {
    this.pill.hidden = this.atEnd;
    this.count.textContent = this.missed ? `${this.missed} 条新消息` : "";
  }
}

/** Messages that share a media_group_id and follow each other are one album. */
function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const album = message.media_group_id;
    if (album && last?.[0].media_group_id === album) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function sameRun(before, message) {
  return (
    serviceLine(before) === null &&
    senderOf(before)?.id === senderOf(message)?.id &&
    message.date - before.date < RUN
  );
}
