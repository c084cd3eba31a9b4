/** The left side of a panel: who one is, and that person's chats with their topics. */

import { avatar, badge, h, icon, reconcile } from "./dom.js";
import { nameOf, preview, senderOf, serviceLine, shortTime } from "./format.js";
import { below, menu } from "./overlay.js";
import { Rove } from "./rove.js";
import { threadOf } from "./store.js";

const GENERAL = { id: null, name: "常规", closed: false };

export class Sidebar {
  /**
   * `on` = {person(id), open(chat, thread), redraw()}; `people()` gives the accounts one can act as;
   * `label` names the landmark.
   */
  constructor({ people, on, label, tools = [] }) {
    this.people = people;
    this.on = on;
    this.folded = new Set();
    this.who = h("button", {
      type: "button",
      class: "who",
      "aria-haspopup": "menu",
      onClick: () => this.choose(),
    });
    this.list = h("ul", { class: "chats", "aria-label": "聊天" });
    const head = h("div", { class: "side-head" }, this.who, tools);
    this.element = h("nav", { class: "side", "aria-label": label }, head, this.list);
    this.rove = new Rove(this.list, {
      items: () => [...this.list.querySelectorAll("button")],
      first: (items) => items.find((item) => item.hasAttribute("aria-current")) ?? items[0],
      onKey: turnFold,
    });
  }

  show(store, place) {
    this.place = place;
    this.drawWho();
    const chats = [...store.chats].sort((a, b) => lastDate(store, b) - lastDate(store, a));
    const rows = chats.map((chat) => this.chatRow(store, chat));
    reconcile(this.list, rows.length || !store.loaded ? rows : [empty()]);
    this.rove.refresh();
  }

  drawWho() {
    const person = this.people().find((one) => one.id === this.place.user);
    if (!person) return;
    const sig = JSON.stringify(person);
    if (this.drawn === sig) return;
    this.drawn = sig;
    this.who.setAttribute("aria-label", `当前身份：${nameOf(person)}，切换身份`);
    this.who.replaceChildren(
      avatar(person.id, nameOf(person)),
      h("span", { class: "who-text" }, h("b", {}, nameOf(person)), h("small", {}, note(person))),
      icon("switch"),
    );
  }

  choose() {
    const items = this.people().map((person) => ({
      label: nameOf(person),
      note: note(person),
      lead: avatar(person.id, nameOf(person)),
      checked: person.id === this.place.user,
      run: () => this.on.person(person.id),
    }));
    menu(below(this.who), items, "切换身份");
  }

  chatRow(store, chat) {
    const threads = chat.is_forum ? topicsOf(store, chat) : [];
    const unread = chat.is_forum
      ? threads.reduce((sum, topic) => sum + topic.unread, 0)
      : store.unread(chat.id, null);
    const open = this.place.chat === chat.id;
    const folded = this.folded.has(chat.id);
    const told = lastOf(store, chat);
    const face = {
      chat,
      threads,
      unread,
      open,
      folded,
      thread: open ? this.place.thread : 0,
      told,
    };
    return { key: `chat ${chat.id}`, sig: JSON.stringify(face), build: () => this.chatItem(face) };
  }

  chatItem({ chat, threads, unread, open, folded, told }) {
    const current = open && !chat.is_forum;
    const press = () => (chat.is_forum ? this.fold(chat.id) : this.on.open(chat.id, null));
    const row = h(
      "button",
      {
        type: "button",
        class: "chat",
        "data-chat": chat.id,
        "aria-current": current && "true",
        "aria-expanded": chat.is_forum && String(!folded),
        onClick: press,
      },
      avatar(chat.title, chat.title),
      h(
        "span",
        { class: "chat-text" },
        h(
          "span",
          { class: "chat-top" },
          h("b", {}, chat.title),
          h("time", {}, told ? shortTime(told.date) : ""),
        ),
        h(
          "span",
          { class: "chat-last" },
          h("span", {}, summary(chat, told)),
          badge(unread),
          chat.is_forum ? icon("chevron") : null,
        ),
      ),
    );
    const inside =
      chat.is_forum && !folded
        ? h(
            "ul",
            { class: "topics", "aria-label": `${chat.title}的话题` },
            threads.map((topic) => this.topicItem(chat, topic, open)),
          )
        : null;
    return h("li", {}, row, inside);
  }

  topicItem(chat, topic, open) {
    const current = open && this.place.thread === topic.id;
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: "topic",
          "data-topic": topic.id ?? "general",
          "aria-current": current && "true",
          title: topic.name,
          onClick: () => this.on.open(chat.id, topic.id),
        },
        topic.icon ? h("span", { class: "topic-icon" }, topic.icon) : icon(faceOf(topic)),
        h(
          "span",
          { class: "topic-text" },
          h("span", { class: "topic-name" }, topic.name),
          topic.closed ? h("small", {}, "已关闭") : null,
        ),
        badge(topic.unread),
      ),
    );
  }

  fold(chat) {
    if (!this.folded.delete(chat)) this.folded.add(chat);
    this.on.redraw();
  }
}

const FOLDING = { ArrowLeft: "true", ArrowRight: "false" };

/** The arrow to the left folds an open forum, the one to the right opens it. */
function turnFold({ key }, item) {
  if (!(key in FOLDING) || item.getAttribute("aria-expanded") !== FOLDING[key]) return false;
  item.click();
  return true;
}

function faceOf(topic) {
  return topic.closed ? "lock" : "topic";
}

/** The topics of a forum: the general one, then the others, the one spoken in last on top. */
export function topicsOf(store, chat) {
  const topics = [...(chat.topics ?? [])].filter((topic) => topic.id !== null);
  const all = topics.map((topic) => ({
    ...topic,
    unread: store.unread(chat.id, topic.id),
    last: store.messagesIn(chat.id, topic.id).at(-1)?.message_id ?? topic.id,
  }));
  all.sort((a, b) => b.last - a.last);
  return [{ ...GENERAL, unread: store.unread(chat.id, null) }, ...all];
}

function lastOf(store, chat) {
  return store.allIn(chat.id).at(-1) ?? null;
}

function lastDate(store, chat) {
  return lastOf(store, chat)?.date ?? 0;
}

function summary(chat, message) {
  if (!message) return "还没有消息";
  const topic = chat.topics?.find((one) => one.id === threadOf(message));
  const lead = serviceLine(message) === null ? speaker(chat, message) : "";
  return [topic?.name, lead, preview(message)].filter(Boolean).join("：");
}

function speaker(chat, message) {
  if (message.out) return "我";
  return chat.type === "private" ? "" : nameOf(senderOf(message));
}


function note(person) {
  const kind = person.groups.length ? "群成员" : "个人用户";
  return person.blocked ? `${kind} · 已屏蔽机器人` : kind;
}

function empty() {
  return { key: "empty", sig: "", build: () => h("li", { class: "nothing" }, "这个人还没有聊天") };
}
