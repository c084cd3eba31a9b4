/**
 * What one person sees: chats, messages, unread counts, who is typing. It follows the server by
 * events, loads everything anew at each connection, and tells the views when something changed.
 */

import { api, listen } from "./api.js";
import { serviceLine } from "./format.js";

const TYPING_LASTS = 5500;

export class Store {
  /** `onChange()` is called at most once a turn; `onArrival(message)` for each new message. */
  constructor(user, { onChange, onArrival, onPeople }) {
    this.user = user;
    this.chats = [];
    this.loaded = false;
    this.online = false;
    this.onChange = onChange;
    this.onArrival = onArrival;
    this.onPeople = onPeople;
    this.messages = new Map();
    this.commands = new Map();
    this.typing = new Map();
    this.sorted = new Map();
    this.waiting = null;
    this.stream = listen(user, {
      onOpen: () => this.sync(),
      onEvent: (event) => (this.waiting ? this.waiting.push(event) : this.apply(event)),
      onLost: () => this.goOffline(),
    });
  }

  close() {
    this.stream.close();
    this.closed = true;
  }

  chat(id) {
    return this.chats.find((chat) => chat.id === id) ?? null;
  }

  /** The messages of a chat, in a forum those of one topic (null is the general one), by id. */
  messagesIn(chat, thread) {
    if (!this.sorted.has(chat)) this.sorted.set(chat, this.sortTopics(chat));
    return this.sorted.get(chat).get(this.chat(chat)?.is_forum ? thread : null) ?? [];
  }

  /** Every message of a chat, whatever its topic, in the order in which they stand. */
  allIn(chat) {
    return [...this.messagesOf(chat).values()].sort((a, b) => position(a) - position(b));
  }

  sortTopics(chat) {
    const forum = this.chat(chat)?.is_forum;
    return Map.groupBy(this.allIn(chat), (message) => (forum ? threadOf(message) : null));
  }

  /** How many messages of others came since the person last looked there. */
  unread(chat, thread) {
    const seen = Number(sessionStorage.getItem(this.mark(chat, thread)) ?? 0);
    return this.messagesIn(chat, thread).filter(
      (m) => rank(m) > seen && !m.out && serviceLine(m) === null,
    ).length;
  }

  /** How many in all chats and topics together. */
  allUnread() {
    let sum = 0;
    for (const chat of this.chats) {
      for (const topic of [null, ...(chat.topics ?? [])]) {
        sum += this.unread(chat.id, topic?.id ?? null);
      }
    }
    return sum;
  }

  /** The person has now seen all that stands there. */
  look(chat, thread) {
    const last = this.messagesIn(chat, thread).at(-1);
    const mark = this.mark(chat, thread);
    if (!last || rank(last) <= Number(sessionStorage.getItem(mark) ?? 0)) return;
    sessionStorage.setItem(mark, String(rank(last)));
    this.changed();
  }

  isTyping(chat, thread) {
    return (this.typing.get(`${chat}/${thread}`) ?? 0) > Date.now();
  }

  /** The commands of the bot that apply in a chat; loaded once, until they change. */
  async commandsIn(chat) {
    if (!this.commands.has(chat)) this.commands.set(chat, await api.commands(this.user, chat));
    return this.commands.get(chat) ?? [];
  }

  /** Put in messages that the server answered with; their events may come before or after. */
  put(messages) {
    for (const message of messages) this.keep([message], message.chat.id);
    this.changed();
  }

  mark(chat, thread) {
    return `seen/${this.user}/${chat}/${thread}`;
  }

  messagesOf(chat) {
    if (!this.messages.has(chat)) this.messages.set(chat, new Map());
    return this.messages.get(chat);
  }

  async sync() {
    this.waiting = [];
    try {
      const chats = await api.chats(this.user);
      const lists = await Promise.all(chats.map((chat) => api.messages(this.user, chat.id)));
      this.chats = chats;
      this.messages = new Map(chats.map((chat, at) => [chat.id, byId(lists[at])]));
      this.commands.clear();
      this.loaded = true;
      this.online = true;
    } catch {
      this.online = false;
    }
    const missed = this.waiting;
    this.waiting = null;
    missed.forEach((event) => this.apply(event));
    this.changed();
  }

  /** Load the chats and topics again, and the messages of those that are new. */
  async syncChats() {
    const chats = await api.chats(this.user).catch(() => this.chats);
    const fresh = chats.filter((chat) => !this.chat(chat.id));
    this.chats = chats;
    const lists = await Promise.all(
      fresh.map((chat) => api.messages(this.user, chat.id).catch(() => [])),
    );
    fresh.forEach((chat, at) => this.keep(lists[at], chat.id));
    for (const chat of chats) this.dropDeletedTopics(chat);
    this.changed();
  }

  dropDeletedTopics(chat) {
    if (!chat.is_forum) return;
    const topics = new Set([null, ...chat.topics.map((topic) => topic.id)]);
    const known = this.messagesOf(chat.id);
    for (const message of known.values()) {
      if (!topics.has(threadOf(message))) known.delete(message.message_id);
    }
  }

  keep(messages, chat) {
    for (const message of messages) this.messagesOf(chat).set(message.message_id, message);
  }

  goOffline() {
    this.online = false;
    this.changed();
  }

  apply(event) {
    ON_EVENT[event.type]?.(this, event);
    this.changed();
  }

  changed() {
    this.sorted.clear();
    if (this.pending || this.closed) return;
    this.pending = true;
    queueMicrotask(() => {
      this.pending = false;
      if (!this.closed) this.onChange();
    });
  }
}

function replaced(store, { message }) {
  store.messagesOf(message.chat.id).set(message.message_id, message);
}

const ON_EVENT = {
  message(store, { message }) {
    const known = store.messagesOf(message.chat.id);
    const fresh = !known.has(message.message_id);
    known.set(message.message_id, message);
    if (!store.chat(message.chat.id)) store.syncChats();
    if (!message.out) store.typing.delete(`${message.chat.id}/${threadOf(message)}`);
    if (fresh) store.onArrival(message);
  },
  edited: replaced,
  reacted: replaced,
  deleted(store, { chat, message }) {
    store.messagesOf(chat).delete(message?.message_id);
  },
  pins(store) {
    store.syncChats();
  },
  topic(store) {
    store.syncChats();
  },
  chat(store) {
    store.syncChats();
    store.onPeople();
  },
  typing(store, { chat, thread }) {
    store.typing.set(`${chat}/${thread ?? null}`, Date.now() + TYPING_LASTS);
    setTimeout(() => store.changed(), TYPING_LASTS + 50);
  },
  commands(store) {
    store.commands.clear();
  },
};

/** The topic of a message in a forum; null in the general one. */
export function threadOf(message) {
  return message.message_thread_id ?? null;
}

/** Orders messages by time, then id: ids alone start again with each new server. */
function rank(message) {
  return message.date * 1e6 + (position(message) % 1e6);
}

/** Where a message stands: one that this person alone sees has no id that others have. */
function position({ message_id: id, after }) {
  return after === undefined ? id : after + 0.5;
}

function byId(messages) {
  return new Map(messages.map((message) => [message.message_id, message]));
}
