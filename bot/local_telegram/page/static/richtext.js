/**
 * Formatted text, made safe a second time. The server renders `html` from entities; whatever stands
 * in it, only the tags below with the attributes below reach the page, the rest is its plain text.
 */

import { h } from "./dom.js";

const PLAIN = new Set(["B", "I", "U", "S", "CODE", "PRE", "BLOCKQUOTE"]);
const SAFE_LINK = /^(https?|tg):/i;
const LIVELY =
  /(https?:\/\/[^\s<>"'，。；！？、（）]+)|((?<![\w/])\/[a-z][a-z0-9_]{0,31}(?![\w/]))/gi;

/**
 * The formatted text of a message as a fragment.
 * `onCommand(text)` is called when a /command in it is pressed; without it commands stay text.
 */
export function richText(message, onCommand = null) {
  const fragment = document.createDocumentFragment();
  if (message.html === undefined || message.html === null) {
    fragment.append(...lively(message.text ?? message.caption ?? "", onCommand));
    return fragment;
  }
  // A document made by DOMParser is inert: it runs no script and loads no image.
  const parsed = new DOMParser().parseFromString(message.html, "text/html");
  fragment.append(...copies(parsed.body, onCommand));
  return fragment;
}

function copies(parent, onCommand) {
  return [...parent.childNodes].flatMap((node) => copy(node, onCommand));
}

function copy(node, onCommand) {
  if (node.nodeType === Node.TEXT_NODE) return lively(node.data, onCommand);
  if (node.nodeType !== Node.ELEMENT_NODE) return [];
  if (node.tagName === "BR") return ["\n"];
  if (node.tagName === "A") return [link(node)];
  if (node.tagName === "SPAN" && node.classList.contains("spoiler")) {
    return [spoiler(copies(node, null))];
  }
  if (!PLAIN.has(node.tagName)) return [node.textContent];
  const quiet = node.tagName === "CODE" || node.tagName === "PRE";
  return [h(node.tagName, {}, quiet ? node.textContent : copies(node, onCommand))];
}

function link(node) {
  const href = node.getAttribute("href") ?? "";
  const inside = [...node.childNodes].flatMap((child) =>
    child.nodeType === Node.TEXT_NODE ? [child.data] : copy(child, null),
  );
  return SAFE_LINK.test(href) ? anchor(href, inside) : h("span", {}, inside);
}

/** A link that opens beside the page. */
export function anchor(href, inside, props = {}) {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", ...props }, inside);
}

function spoiler(inside) {
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter") return;
    event.currentTarget.classList.add("shown");
  };
  const props = { class: "spoiler", role: "button", tabindex: "0", title: "点击显示" };
  return h("span", { ...props, onClick: show, onKeydown: show }, inside);
}

/** Text with its bare links and, where they can be pressed, its commands. */
function lively(text, onCommand) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LIVELY)) {
    const [word, url] = found;
    if (!url && !onCommand) continue;
    parts.push(text.slice(end, found.index), url ? anchor(url, [url]) : command(word, onCommand));
    end = found.index + word.length;
  }
  return [...parts, text.slice(end)].filter((part) => part !== "");
}

function command(word, onCommand) {
  return h("button", { type: "button", class: "command", onClick: () => onCommand(word) }, word);
}
