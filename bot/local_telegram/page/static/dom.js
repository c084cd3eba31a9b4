/** Elements without a framework: `h` makes one, `reconcile` keeps a list of them up to date. */

import { ICONS } from "./icons.js";
import { CONTROLS } from "./rove.js";

/**
 * An element. `props` are attributes; `class` and `on…` handlers as they read; false, null and
 * undefined leave an attribute out, true sets it empty. Strings among `children` become text.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2).toLowerCase(), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A picture from the icon table, hidden from screen readers: the button around it has the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", `icon-${name}`);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that shows an icon only. */
export function iconButton(name, label, onClick, props = {}) {
  const all = { type: "button", class: "icon-button", "aria-label": label, title: label };
  return h("button", { ...all, ...props, onClick }, icon(name));
}

/** A round with the first character of a name; its colour is that of `key`, an id or a name. */
export function avatar(key, name) {
  const first = [...(name || "?").trim()][0] ?? "?";
  return h("span", { class: "avatar", "data-hue": hue(key), "aria-hidden": "true" }, first);
}

/** How many messages wait to be read, or nothing. */
export function badge(count) {
  if (!count) return null;
  const props = { class: "badge", role: "img", "aria-label": `${count} 条未读` };
  return h("span", props, count > 99 ? "99+" : String(count));
}

/** One of six hues, always the same for an id or a name. */
export function hue(key) {
  return (
    [...String(key)].reduce((sum, character) => (sum * 31 + character.codePointAt(0)) % 997, 7) % 6
  );
}

const drawn = new WeakMap();

/**
 * Make the children of `parent` those of `rows` = [{key, sig, build}], in order. A child stays as
 * it is while its `sig` does not change, so playing audio, focus and open links survive.
 */
export function reconcile(parent, rows) {
  const keys = new Set(rows.map((row) => row.key));
  const old = new Map();
  for (const child of [...parent.children]) {
    if (keys.has(child.dataset.key)) old.set(child.dataset.key, child);
    else child.remove();
  }
  let at = parent.firstElementChild;
  for (const { key, sig, build } of rows) {
    let element = old.get(key);
    if (!element || drawn.get(element) !== sig) {
      const next = build();
      next.dataset.key = key;
      drawn.set(next, sig);
      if (element) {
        replaceKeepingFocus(element, next);
        if (at === element) at = next;
      }
      element = next;
    }
    if (element === at) at = at.nextElementSibling;
    else parent.insertBefore(element, at);
  }
}

function replaceKeepingFocus(element, next) {
  const focused = document.activeElement;
  const places = [element, ...element.querySelectorAll(CONTROLS)];
  const place = places.indexOf(focused);
  element.replaceWith(next);
  if (place >= 0) [next, ...next.querySelectorAll(CONTROLS)][place]?.focus({ preventScroll: true });
}
