/** What lies above the page for a moment: toasts, dialogs, menus, a photo in full. */

import { h, icon, iconButton } from "./dom.js";

const TOAST_LASTS = 3600;

/** A short line inside `panel`, gone by itself. */
export function toast(panel, text) {
  panel.querySelector(".toast")?.remove();
  const line = h("div", { class: "toast", role: "status" }, text);
  panel.append(line);
  setTimeout(() => line.remove(), TOAST_LASTS);
}

/** A dialog around `content`; resolves to its return value, "" when it was dismissed. */
function dialog(content, props = {}) {
  return new Promise((resolve) => {
    const box = h("dialog", props, content);
    box.addEventListener("click", (event) => event.target === box && box.close(""));
    box.addEventListener("close", () => {
      box.remove();
      resolve(box.returnValue);
    });
    document.body.append(box);
    box.showModal();
  });
}

function closing(event, value) {
  event.target.closest("dialog").close(value);
}

function choice(label, value, look = "") {
  return h(
    "button",
    { type: "button", class: `button ${look}`, onClick: (e) => closing(e, value) },
    label,
  );
}

/** A message that must be read. */
export function alertBox(text) {
  return dialog([h("p", {}, text), h("div", { class: "choices" }, choice("好", "", "strong"))], {
    class: "box",
    role: "alertdialog",
    "aria-label": text,
  });
}

/** Resolves to true when the person chose `label`. */
export async function confirmBox(text, label) {
  const choices = h(
    "div",
    { class: "choices" },
    choice("取消", ""),
    choice(label, "yes", "danger"),
  );
  const props = { class: "box", role: "alertdialog", "aria-label": text };
  return (await dialog([h("p", {}, text), choices], props)) === "yes";
}

/**
 * Ask for a few values. `fields` = [{name, label, type, value}]; resolves to {name: value}, or to
 * null when the person left.
 */
export async function formBox(title, fields, label = "发送") {
  const inputs = fields.map(({ name, type = "text", value = "" }) =>
    h("input", { name, type, value, required: true, step: "any", autocomplete: "off" }),
  );
  const rows = fields.map((field, at) => h("label", {}, field.label, inputs[at]));
  const submit = (event) => {
    event.preventDefault();
    closing(event, "yes");
  };
  const send = h("button", { class: "button strong" }, label);
  const form = h(
    "form",
    { onSubmit: submit },
    h("h2", {}, title),
    rows,
    h("div", { class: "choices" }, choice("取消", ""), send),
  );
  const answer = await dialog(form, { class: "box", "aria-label": title });
  return answer === "yes" ? Object.fromEntries(inputs.map((i) => [i.name, i.value])) : null;
}

/** Choose one of a few texts shown big; resolves to it, or to "". */
export function pickBox(title, texts) {
  const grid = h(
    "div",
    { class: "picks" },
    texts.map((text) => choice(text, text, "pick")),
  );
  return dialog([h("h2", {}, title), grid], { class: "box", "aria-label": title });
}

/** A picture as large as the window. */
export function showPicture(src, name) {
  const close = iconButton("close", "关闭", (event) => closing(event, ""));
  const picture = h("img", { src, alt: name, onClick: (event) => closing(event, "") });
  return dialog([picture, close], { class: "lightbox", "aria-label": name });
}

/**
 * A menu at a point {x, y, up?} of the window. `items` = [{label, icon, danger, checked, note, run}];
 * arrows walk, Escape and a press elsewhere close, and the focus returns where it was.
 */
export function menu(point, items, label = "菜单") {
  document.querySelector(".menu")?.remove();
  const before = document.activeElement;
  const list = h("div", { class: "menu", role: "menu", "aria-label": label });
  const close = (refocus) => {
    list.remove();
    document.removeEventListener("pointerdown", outside, true);
    if (refocus) before?.focus({ preventScroll: true });
  };
  const outside = (event) => list.contains(event.target) || close(false);
  list.append(...items.map((item) => menuItem(item, close)));
  list.addEventListener("keydown", (event) => walk(event, list, close));
  document.querySelector("main").append(list);
  document.addEventListener("pointerdown", outside, true);
  placeInside(list, point);
  list.querySelector("button")?.focus({ preventScroll: true });
}

function menuItem(item, close) {
  const run = () => {
    close(true);
    item.run();
  };
  const inside = [
    item.lead ?? (item.icon ? icon(item.icon) : null),
    h("span", { class: "menu-text" }, item.label, item.note ? h("small", {}, item.note) : null),
    item.checked ? icon("check") : null,
  ];
  const look = item.danger ? "danger" : "";
  return h("button", { type: "button", role: "menuitem", class: look, onClick: run }, inside);
}

function walk(event, list, close) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  }
  const buttons = [...list.children];
  const at = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  buttons.at(next % buttons.length)?.focus();
}

function placeInside(list, { x, y, up }) {
  const { width, height } = list.getBoundingClientRect();
  const top = up ? y - height : y;
  list.style.left = `${Math.max(8, Math.min(x, innerWidth - width - 8))}px`;
  list.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
}

/** The point under a button, for its menu. */
export function below(element) {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom + 4 };
}

/** The point over a button, for a menu that grows upwards. */
export function above(element) {
  const { left, top } = element.getBoundingClientRect();
  return { x: left, y: top - 8, up: true };
}
