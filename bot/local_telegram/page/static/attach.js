/** Things to send that are not text: a tray of files waiting in the composer, and small forms. */

import { h, icon, iconButton } from "./dom.js";
import { sizeOf } from "./format.js";
import { formBox, pickBox } from "./overlay.js";

const PICTURE = /^image\/(jpeg|png|webp|gif|bmp)$/;
const STICKERS = ["😀", "👍", "🙏", "❤️", "🎉", "😢", "😡", "🤔", "👋", "✅", "☕", "🧾"];
const TIANANMEN = { latitude: "39.9087", longitude: "116.3975" };
// Telegram's albums hold ten at most, and never pictures together with documents.
const ALBUM_LIMIT = 10;
const ALBUMS = new Set(["photo", "document", "video", "audio"]);

/** Files waiting to be sent, each {file, kind}. */
export class Tray {
  constructor(onChange) {
    this.onChange = onChange;
    this.files = [];
    this.element = h("div", { class: "tray", hidden: true, "aria-label": "待发送的文件" });
  }

  /** Add files; without `kind` pictures go as photos, all else as documents. */
  add(files, kind = null) {
    const kindOf = (file) => kind ?? (PICTURE.test(file.type) ? "photo" : "document");
    this.set([...this.files, ...files.map((file) => ({ file, kind: kindOf(file) }))]);
  }

  set(files) {
    this.files = files;
    this.draw();
  }

  draw() {
    for (const picture of this.element.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.element.replaceChildren(...this.files.map((entry) => this.item(entry)));
    this.element.hidden = this.files.length === 0;
    this.onChange();
  }

  item(entry) {
    const { file, kind } = entry;
    const face =
      kind === "photo" ? h("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file");
    const drop = () => this.set(this.files.filter((other) => other !== entry));
    const text = h("span", { class: "tray-name" }, file.name, h("small", {}, sizeOf(file.size)));
    const remove = iconButton("close", `不发送 ${file.name}`, drop);
    return h(
      "div",
      { class: "tray-item", "data-kind": kind },
      face,
      kind === "photo" ? null : text,
      remove,
    );
  }
}

/** What is in a tray as lists of files of one kind, each short enough for one album. */
export function batchesOf(entries) {
  const batches = [];
  for (const [kind, same] of Map.groupBy(entries, (entry) => entry.kind)) {
    const files = same.map((entry) => entry.file);
    const size = ALBUMS.has(kind) ? ALBUM_LIMIT : 1;
    for (let at = 0; at < files.length; at += size)
      batches.push({ kind, files: files.slice(at, at + size) });
  }
  return batches;
}

/** A hidden file input; `onFiles(files, kind)` gets what is chosen after `ask(kind, accept)`. */
export function filePicker(onFiles) {
  let kind = null;
  const input = h("input", {
    type: "file",
    multiple: true,
    hidden: true,
    "aria-label": "选择文件",
  });
  input.addEventListener("change", () => {
    onFiles([...input.files], kind);
    input.value = "";
  });
  const ask = (asked = null, accept = "") => {
    kind = asked;
    input.accept = accept;
    input.click();
  };
  return { input, ask };
}

/** The items of the attach menu; `send(what)` sends at once, `ask` is that of `filePicker`. */
export function attachItems(ask, send) {
  return [
    { label: "照片或文件", icon: "image", run: () => ask() },
    { label: "以文件发送，不压缩", icon: "file", run: () => ask("document") },
    { label: "语音", icon: "voice", run: () => ask("voice", "audio/*") },
    { label: "贴纸", icon: "sticker", run: () => sendSticker(send) },
    { label: "位置", icon: "pin", run: () => sendLocation(send) },
    { label: "联系人", icon: "person", run: () => sendContact(send) },
  ];
}

async function sendSticker(send) {
  const sticker = await pickBox("选一个贴纸", STICKERS);
  if (sticker) send({ sticker });
}

async function sendLocation(send) {
  const place = await formBox("发送位置", [
    { name: "latitude", label: "纬度", type: "number", value: TIANANMEN.latitude },
    { name: "longitude", label: "经度", type: "number", value: TIANANMEN.longitude },
  ]);
  if (!place) return;
  send({ location: { latitude: Number(place.latitude), longitude: Number(place.longitude) } });
}

async function sendContact(send) {
  const contact = await formBox("发送联系人", [
    { name: "first_name", label: "姓名" },
    { name: "phone_number", label: "电话", type: "tel" },
  ]);
  if (contact) send({ contact });
}
