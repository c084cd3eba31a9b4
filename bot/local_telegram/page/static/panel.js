/** One window of the page: a person, that person's chats, and the conversation that is open. */

import { Actions } from "./actions.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { h } from "./dom.js";
import { Foot, footState } from "./foot.js";
import { Head } from "./head.js";
import { Pins } from "./pins.js";
import { Sidebar, topicsOf } from "./sidebar.js";
import { Store, threadOf } from "./store.js";

const NARROW_PANEL = 500;
const NARROW_WINDOW = 640;

export class Panel {
  /**
   * `shared` = {people(), refreshPeople(), examples, start, started(), tools(side), peer(side),
   * changed()}, what all panels have in common; `onPlace(place, push)` hears where this one went.
   */
  constructor({ side, label, shared, onPlace }) {
    this.shared = shared;
    this.onPlace = onPlace;
    this.place = { user: null, chat: null, thread: null };
    this.actions = new Actions(this);
    this.sidebar = new Sidebar({
      people: shared.people,
      tools: shared.tools(side),
      label: `${label}：身份与聊天`,
      on: {
        person: (user) => this.go({ user, chat: null, thread: null }, { push: true, auto: true }),
        open: (chat, thread) => this.open(chat, thread),
        redraw: () => this.draw(),
      },
    });
    this.buildTalk(side, label);
    this.element = h(
      "section",
      { class: "panel", "data-panel": side, "aria-label": label },
      this.sidebar.element,
      this.talk,
    );
    this.watchWidth();
    this.acceptDrops();
  }

  buildTalk(side, label) {
    const { actions } = this;
    this.head = new Head({
      back: () => this.open(null, null),
      menu: (point) => actions.placeMenu(point),
      peer: this.shared.peer(side),
    });
    this.conversation = new Conversation({
      on: actions.onMessage(),
      onSeen: () => this.look(),
      onMore: () => this.draw(),
      onLeave: () => this.composer.focus(),
    });
    this.pins = new Pins((id) => this.conversation.jump(id));
    this.composer = new Composer(actions.onComposer());
    this.foot = new Foot({ composer: this.composer.element, on: actions.onFoot() });
    this.nowhere = h("div", { class: "nowhere" }, h("p", {}, "选择一个聊天，开始对话"));
    this.talk = h(
      "section",
      { class: "talk", "aria-label": `${label}：对话` },
      h("div", { class: "talk-top" }, this.head.element, this.pins.element),
      this.conversation.element,
      this.nowhere,
      this.foot.element,
    );
  }

  /** Whether there is room for one pane only: the chats or the conversation. */
  get narrow() {
    return innerWidth <= NARROW_WINDOW || this.element.offsetWidth < NARROW_PANEL;
  }

  get here() {
    return this.store?.chat(this.place.chat) ?? null;
  }

  get topic() {
    return this.here?.topics?.find((topic) => topic.id === this.place.thread) ?? null;
  }

  get person() {
    return this.shared.people().find((one) => one.id === this.place.user) ?? null;
  }

  /** A deep link's payload that waits to be started here, or null. */
  get start() {
    return this.shared.start(this);
  }

  /** Be at another place; `auto` opens a fitting chat when the place names none. */
  go(place, { push = false, auto = false } = {}) {
    const { user } = this.place;
    this.place = place;
    this.auto = auto && place.chat === null;
    if (place.user !== user) this.follow(place.user);
    this.onPlace(place, push);
    this.draw();
  }

  open(chat, thread) {
    this.go({ ...this.place, chat, thread }, { push: true });
    if (chat !== null && !this.narrow) this.composer.focus();
  }

  follow(user) {
    this.store?.close();
    this.store = new Store(user, {
      onChange: () => this.draw(),
      onPeople: () => this.shared.refreshPeople(),
      onArrival: (message) => this.isHere(message) && this.conversation.arrived(message),
    });
  }

  close() {
    this.store?.close();
    this.widths.disconnect();
    this.element.remove();
  }

  isHere(message) {
    const { chat, thread } = this.place;
    return message.chat.id === chat && (!this.here?.is_forum || threadOf(message) === thread);
  }

  draw() {
    const { store } = this;
    if (!store) return;
    if (store.loaded) this.settle();
    const { chat, thread, user } = this.place;
    const messages = this.here ? store.messagesIn(chat, thread) : [];
    this.element.classList.toggle("in-chat", this.here !== null);
    this.nowhere.hidden = this.here !== null;
    this.conversation.element.hidden = this.here === null;
    this.sidebar.show(store, this.place);
    this.head.show({ chat: this.here, topic: this.topic, store, place: this.place });
    this.pins.show(this.here?.pinned ?? [], messages);
    this.drawFoot(messages);
    this.drawMessages(`${user}/${chat}/${thread}`, messages);
    this.look();
    this.shared.changed();
  }

  drawMessages(key, messages) {
    if (!this.here) return;
    this.conversation.on.command = this.here.type === "private" ? this.actions.command : null;
    const typing = this.store.isTyping(this.place.chat, this.place.thread);
    const named = this.here.type !== "private";
    const blank = named ? "这里还没有消息" : "按「开始」，和机器人说第一句话";
    this.conversation.show(key, messages, { named, typing, blank });
    this.composer.enter(key);
  }

  drawFoot(messages) {
    this.foot.show(
      footState({
        chat: this.here,
        topic: this.topic,
        blocked: this.person?.blocked ?? false,
        loaded: this.store.loaded,
        messages,
        start: this.start,
        examples: this.shared.examples,
      }),
    );
  }

  /** Leave a place that is no more, and open a chat when none was asked for. */
  settle() {
    const { chat, thread } = this.place;
    if (chat !== null && !this.here) this.move(null, null);
    if (this.here?.is_forum && thread !== null && !this.topic) this.move(chat, null);
    if (!this.auto || this.place.chat !== null || this.narrow) return;
    this.auto = false;
    const first = this.store.chats.find((one) => one.type !== "private") ?? this.store.chats[0];
    if (!first) return;
    const topics = first.is_forum ? topicsOf(this.store, first) : [];
    this.move(first.id, (topics[1] ?? topics[0])?.id ?? null);
  }

  move(chat, thread) {
    this.place = { ...this.place, chat, thread };
    this.onPlace(this.place, false);
  }

  look() {
    const unseen = document.hidden || !this.element.isConnected;
    if (!this.here || unseen || !this.conversation.atEnd) return;
    this.store.look(this.place.chat, this.place.thread);
  }

  watchWidth() {
    this.widths = new ResizeObserver(() => {
      this.element.classList.toggle("narrow", this.narrow);
    });
    this.widths.observe(this.element);
  }

  acceptDrops() {
    this.talk.addEventListener("dragover", (event) => event.preventDefault());
    this.talk.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = [...event.dataTransfer.files];
      if (files.length && !this.composer.element.hidden) this.composer.addFiles(files);
    });
  }
}
