/** One row of a conversation: a message or an album as a bubble with its buttons. */

import { h, hue, icon, iconButton } from "./dom.js";
import { isAlone, nameOf, preview, senderOf, serviceLine, timeOf } from "./format.js";
import { media } from "./media.js";
import { below } from "./overlay.js";
import { anchor, richText } from "./richtext.js";
import { CONTROLS } from "./rove.js";

const LONG_PRESS = 480;
const SAFE_URL = /^(https?|tg):/i;
const STYLES = new Set(["danger", "success", "primary"]);

/**
 * The row of `messages` (one, or an album). `named` shows the sender, `first` begins a run of one
 * sender. `on` = {press(message, button, element), menu(messages, point), command(text), jump(id)};
 * without `on.command` commands are not pressable.
 */
export function messageRow(messages, { named, first, on }) {
  const [message] = messages;
  const service = serviceLine(message);
  const props = { "data-message": message.message_id, tabindex: "-1" };
  if (service !== null) return h("li", { class: "service", ...props }, h("span", {}, service));
  const { out } = message;
  const bubble = h("div", { class: "bubble" }, inside(messages, { named: named && first, on }));
  const openMenu = (point) => on.menu(messages, point);
  const more = iconButton("more", "消息菜单", (event) => openMenu(below(event.currentTarget)), {
    class: "more",
  });
  const shape = ["row", out ? "out" : "in", first && "first", bare(messages)];
  if (isAlone(message)) shape.push("alone");
  const line = h("div", { class: "line" }, bubble, more);
  onAskForMenu(bubble, openMenu);
  const row = h(
    "li",
    {
      class: shape.filter(Boolean).join(" "),
      "aria-label": `${out ? "我" : nameOf(senderOf(message))}：${preview(message)}`,
      ...props,
    },
    h("div", { class: "stack" }, line, keyboard(message, on)),
  );
  // The list is one stop for Tab; in a row the arrows walk.
  for (const control of row.querySelectorAll(CONTROLS)) control.tabIndex = -1;
  return row;
}

/** How a bubble without words looks: pictures and stickers have no frame, cards are low. */
function bare(messages) {
  if (messages.some((message) => message.text || message.caption)) return "";
  const [message] = messages;
  if ("sticker" in message) return "bare";
  return "photo" in message ? "pictures" : "card";
}

function inside(messages, { named, on }) {
  const [message] = messages;
  const sender = senderOf(message);
  const texts = messages.filter((m) => m.text || m.caption);
  return [
    named && !message.out
      ? h("b", { class: "sender", "data-hue": hue(sender?.id ?? 0) }, nameOf(sender))
      : null,
    message.via_bot ? h("small", { class: "via" }, `通过 @${message.via_bot.username}`) : null,
    quote(message, on),
    ...media(messages),
    ...texts.map((m) => h("div", { class: "text" }, richText(m, on.command))),
    isAlone(message) ? h("div", { class: "alone-note" }, "仅你可见") : null,
    reactions(messages),
    h(
      "span",
      { class: "meta" },
      messages.some((m) => m.edit_date && m.out !== undefined && !m.edit_hide)
        ? h("i", {}, "已编辑")
        : null,
      h("time", { datetime: new Date(message.date * 1000).toISOString() }, timeOf(message.date)),
    ),
  ];
}

function quote(message, on) {
  const answered = message.reply_to_message;
  // In a topic every message answers the topic's first one; that is no quote.
  if (!answered || answered.forum_topic_created) return null;
  return h(
    "button",
    { type: "button", class: "quote", onClick: () => on.jump(answered.message_id) },
    h("b", {}, nameOf(senderOf(answered))),
    h("span", {}, preview(answered)),
  );
}

function reactions(messages) {
  const given = messages.flatMap((message) => message.reactions ?? []);
  if (!given.length) return null;
  return h(
    "div",
    { class: "reactions" },
    given.map(({ emoji, count, own }) =>
      h(
        "span",
        {
          class: own ? "reaction own" : "reaction",
          role: "img",
          "aria-label": `${emoji} ${count} 人${own ? "，有你" : ""}`,
        },
        emoji,
        count > 1 ? h("small", {}, String(count)) : null,
      ),
    ),
  );
}

function keyboard(message, on) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keys = rows.map((row) =>
    h(
      "div",
      { class: "keys" },
      row.map((key) => keyOf(message, key, on)),
    ),
  );
  return h("div", { class: "keyboard" }, keys);
}

function keyOf(message, key, on) {
  const props = { class: `key ${STYLES.has(key.style) ? key.style : ""}`.trim() };
  if (key.url && SAFE_URL.test(key.url)) return anchor(key.url, [key.text], props);
  const press = (event) => on.press(message, key, event.currentTarget);
  const usable = key.callback_data !== undefined;
  return h("button", { type: "button", ...props, disabled: !usable, onClick: press }, key.text);
}

/** The menu of a bubble comes by the right button, and on glass by holding the finger still. */
function onAskForMenu(bubble, open) {
  let timer = null;
  let held = false;
  const cancel = () => clearTimeout(timer);
  bubble.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a") || String(getSelection())) return;
    event.preventDefault();
    cancel();
    open({ x: event.clientX, y: event.clientY });
  });
  bubble.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    const point = { x: event.clientX, y: event.clientY };
    held = false;
    timer = setTimeout(() => {
      held = true;
      open(point);
    }, LONG_PRESS);
  });
  // The finger that is lifted after holding must not also press what lies under it.
  bubble.addEventListener("click", (event) => held && event.stopImmediatePropagation(), true);
  for (const end of ["pointerup", "pointercancel", "pointermove"])
    bubble.addEventListener(end, cancel);
}

/** A line that parts the days. */
export function dayRow(name) {
  return h("li", { class: "service day" }, h("span", {}, name));
}

/** Three dots while the bot is busy. */
export function typingRow() {
  const dots = h("span", { class: "dots" }, h("i"), h("i"), h("i"));
  return h(
    "li",
    { class: "row in first typing", "aria-label": "正在输入" },
    h("div", { class: "bubble" }, dots),
  );
}

/** A row that brings the older messages. */
export function olderRow(count, onClick) {
  const button = h(
    "button",
    { type: "button", class: "button", tabindex: "-1", onClick },
    icon("chevron"),
    `更早的 ${count} 条消息`,
  );
  return h("li", { class: "service older" }, button);
}
