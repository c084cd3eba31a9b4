/** Times, sizes and names as a person in Beijing reads them. */

const ZONE = "Asia/Shanghai";
const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE,
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const day = new Intl.DateTimeFormat("zh-CN", { timeZone: ZONE, month: "long", day: "numeric" });
const full = new Intl.DateTimeFormat("zh-CN", {
  timeZone: ZONE,
  year: "numeric",
  month: "long",
  day: "numeric",
});

/** HH:MM of a Unix time in seconds. */
export function timeOf(seconds) {
  return clock.format(new Date(seconds * 1000));
}

/** 今天, 昨天, or the date; the year only when it is not this one. */
export function dayOf(seconds, now = Date.now()) {
  const date = new Date(seconds * 1000);
  const name = full.format(date);
  if (name === full.format(now)) return "今天";
  if (name === full.format(now - 86_400_000)) return "昨天";
  const thisYear = full.format(now).slice(0, 4) === name.slice(0, 4);
  return thisYear ? day.format(date) : name;
}

/** HH:MM today, else the day: for a row of the chat list. */
export function shortTime(seconds) {
  const name = dayOf(seconds);
  return name === "今天" ? timeOf(seconds) : name;
}

/** A file's size: 812 B, 3.4 KB, 1.2 MB. */
export function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "";
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 ** 2) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
}

/** First and last name of a user, or the title of a chat. */
export function nameOf(who) {
  if (!who) return "";
  return who.title ?? [who.first_name, who.last_name].filter(Boolean).join(" ");
}

/** Who wrote a message: {id, first_name, …}. */
export function senderOf(message) {
  return message.sender ?? message.from ?? message.sender_chat ?? null;
}

/** Whether the person alone sees this message of a group. */
export function isAlone(message) {
  return message.ephemeral_message_id !== undefined;
}

const SERVICE = {
  forum_topic_created: (value) => `创建了话题「${value.name}」`,
  forum_topic_edited: (value) => (value.name ? `把话题改名为「${value.name}」` : "更换了话题图标"),
  forum_topic_closed: () => "关闭了话题",
  forum_topic_reopened: () => "重新打开了话题",
  new_chat_members: (users) => `${users.map(nameOf).join("、")} 加入了群组`,
  left_chat_member: (user) => `${nameOf(user)} 离开了群组`,
  new_chat_title: (title) => `把群组改名为「${title}」`,
  pinned_message: () => "置顶了一条消息",
  group_chat_created: () => "创建了群组",
};
const BY_THEMSELVES = new Set(["new_chat_members", "left_chat_member"]);

/** The line of a service message, or null when somebody said something. */
export function serviceLine(message) {
  const kind = Object.keys(SERVICE).find((key) => key in message);
  if (!kind) return null;
  const line = SERVICE[kind](message[kind]);
  return BY_THEMSELVES.has(kind) ? line : `${nameOf(senderOf(message))} ${line}`;
}

const PREVIEW = {
  photo: () => "[照片]",
  document: (value) => `[文件] ${value.file_name ?? ""}`,
  voice: () => "[语音]",
  audio: () => "[音频]",
  video: () => "[视频]",
  animation: () => "[动图]",
  sticker: (value) => `[贴纸] ${value.emoji ?? ""}`,
  location: () => "[位置]",
  contact: (value) => `[联系人] ${nameOf(value)}`,
};

/** A message in one line: for the chat list, a quote or the announcement of a new message. */
export function preview(message) {
  const kind = Object.keys(PREVIEW).find((key) => key in message);
  const said = message.text ?? message.caption ?? "";
  const line = [kind ? PREVIEW[kind](message[kind]) : "", said].filter(Boolean).join(" ");
  return line.replace(/\s+/g, " ").slice(0, 140) || (serviceLine(message) ?? "消息");
}
