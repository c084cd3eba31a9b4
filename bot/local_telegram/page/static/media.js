/** What a message carries besides text: photos, files, voice, stickers, places, contacts. */

import { api } from "./api.js";
import { h, icon } from "./dom.js";
import { nameOf, preview, sizeOf } from "./format.js";
import { showPicture } from "./overlay.js";

/** The elements for what a group of messages (an album, or one message) carries. */
export function media(messages) {
  const photos = messages.filter((message) => message.photo);
  const rest = messages.flatMap((message) =>
    Object.keys(CARDS)
      .filter((kind) => kind in message)
      .map((kind) => CARDS[kind](message[kind])),
  );
  const drawn = photos.length ? [gallery(photos), ...rest] : rest;
  if (drawn.length || messages.some((message) => message.text)) return drawn;
  // Of a kind that this page cannot draw, its name is better than an empty bubble.
  return messages.map((message) => card("file", preview(message), message.kind));
}

function gallery(messages) {
  const count = Math.min(messages.length, 4);
  return h(
    "div",
    { class: "gallery", "data-count": count },
    messages.map((m) => photo(m, messages.length)),
  );
}

function photo(message, count) {
  const size = message.photo.at(-1);
  const src = api.file(size.file_id);
  const name = message.caption ?? "照片";
  const picture = h("img", { src, alt: name, loading: "lazy" });
  // A place of the right shape is kept before the picture is there, so that nothing jumps.
  if (count === 1 && size.width && size.height) {
    const ratio = Math.min(Math.max(size.width / size.height, 0.6), 2.6);
    picture.style.aspectRatio = String(ratio);
    picture.style.width = `${Math.round(Math.min(300, 340 * ratio))}px`;
  }
  const show = () => showPicture(src, name);
  return h(
    "button",
    { type: "button", class: "photo", "aria-label": `查看${name}`, onClick: show },
    picture,
  );
}

function chip(kind, file, name, note) {
  const inside = [
    h("span", { class: "chip-icon" }, icon(kind)),
    h("span", { class: "chip-text" }, h("b", {}, name), h("small", {}, note)),
  ];
  const props = { class: "file", href: api.file(file.file_id), download: name };
  return h("a", props, inside);
}

function player(tag, file, label) {
  const props = { controls: true, preload: "metadata", src: api.file(file.file_id) };
  return h(tag, { ...props, "aria-label": label, class: "player" });
}

const CARDS = {
  document: (file) => chip("file", file, file.file_name ?? "文件", sizeOf(file.file_size)),
  voice: (file) => player("audio", file, "语音"),
  audio: (file) => player("audio", file, file.title ?? file.file_name ?? "音频"),
  video: (file) => player("video", file, "视频"),
  sticker: (sticker) => h("span", { class: "sticker" }, sticker.emoji ?? "🙂"),
  location: ({ latitude, longitude }) =>
    card("pin", "位置", `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`),
  contact: (contact) => card("person", nameOf(contact), contact.phone_number),
};

function card(name, title, note) {
  return h(
    "div",
    { class: "file" },
    h("span", { class: "chip-icon" }, icon(name)),
    h("span", { class: "chip-text" }, h("b", {}, title), h("small", {}, note)),
  );
}
