/** The client API of the local Telegram: one function a request, and the stream of events. */

// What a person may well meet; other refusals are a programmer's and are shown as they come.
const SAID = {
  "the topic is closed": "话题已关闭，只有管理员可以发言",
  "only an administrator of the group may do this": "只有群管理员可以这样做",
  "unblock the bot first": "你已屏蔽机器人，请先解除屏蔽",
  "the person is not in this chat any more": "你已不在这个聊天里",
  "there is no such topic": "这个话题已被删除",
  "there is no such message": "这条消息已被删除",
  "there is no such message to answer": "要回复的消息已被删除",
  "the message has no such button": "这个按钮已经失效",
  "the new text is empty": "消息不能为空",
  "the file is too big": "文件太大",
};

/** What the server refused, in one sentence a person can read. */
export class Refused extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(`/client/${path}`, options);
  } catch {
    throw new Refused("连不上服务器，请稍后再试");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Refused(reason(body?.error, response.status));
  return body;
}

function reason(error, status) {
  return SAID[error] ?? error ?? `服务器出错了（${status}）`;
}

function get(path, query = {}) {
  return call(`${path}?${new URLSearchParams(query)}`);
}

function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return call(path, { method: "POST", headers, body: JSON.stringify(body) });
}

export const api = {
  people: () => get("people"),
  chats: (user) => get("chats", { user }),
  messages: (user, chat) => get("messages", { user, chat }),
  commands: (user, chat) => get("commands", { user, chat }),
  examples: () =>
    get("examples")
      .then((all) => all.map(exampleOf))
      .catch(() => []),
  edit: (user, chat, message, text) => post("edit", { user, chat, message, text }),
  delete: (user, chat, message) => post("delete", { user, chat, message }),
  press: (user, chat, message, data) => post("press", { user, chat, message, data }),
  block: (user) => post("block", { user }),
  unblock: (user) => post("unblock", { user }),
  topic: (user, chat, thread, action) => post("topic", { user, chat, thread, action }),
  file: (id) => `/client/file/${encodeURIComponent(id)}`,

  /** Say something at a place {user, chat, thread}; `what` = {text, reply_to, sticker, …}. */
  send: ({ user, chat, thread }, what) =>
    post("send", { user, chat, ...(thread && { thread }), ...what }),

  /** What the bot offers for these words: {id, results, next_offset}. */
  inline: ({ user, chat }, query) => post("inline", { user, chat, query }),

  /** Send one of the results of a page. */
  choose: ({ user, chat, thread }, page, result) =>
    post("choose", { user, chat, ...(thread && { thread }), page, result }),

  /** Send files of one kind; two or more make an album. */
  sendFiles: ({ user, chat, thread }, kind, files, { caption, reply_to: replyTo }) => {
    const form = new FormData();
    const fields = { user, chat, thread, kind, caption, reply_to: replyTo };
    for (const [name, value] of Object.entries(fields)) {
      if (value !== null && value !== undefined && value !== "") form.append(name, value);
    }
    for (const file of files) form.append("file", file, file.name);
    return call("send", { method: "POST", body: form });
  },
};

/** An example question is a text, or a {label, text} whose label is shorter. */
function exampleOf(example) {
  return typeof example === "string" ? { label: example, text: example } : example;
}

const FIRST_RETRY = 400;
const LAST_RETRY = 4000;

/**
 * Listen to what `user` may see until `close()`. `onOpen` runs at every connection, the first and
 * each later one: what happened in between is not sent again, so the listener must load anew.
 *
 * A hidden page lets go of its stream, because a browser allows six connections to one server
 * over all its windows, and a seventh window would wait for ever.
 */
export function listen(user, { onOpen, onEvent, onLost }) {
  let source = null;
  let timer = null;
  let retry = FIRST_RETRY;

  function connect() {
    source = new EventSource(`/client/events?user=${encodeURIComponent(user)}`);
    source.onopen = () => {
      retry = FIRST_RETRY;
      onOpen();
    };
    source.onmessage = (event) => onEvent(JSON.parse(event.data));
    source.onerror = () => {
      disconnect();
      onLost();
      timer = setTimeout(connect, retry);
      retry = Math.min(retry * 2, LAST_RETRY);
    };
  }

  function disconnect() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function follow() {
    disconnect();
    if (!document.hidden) connect();
  }

  document.addEventListener("visibilitychange", follow);
  follow();
  return {
    close() {
      document.removeEventListener("visibilitychange", follow);
      disconnect();
    },
  };
}
