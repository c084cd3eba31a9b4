/** Where a person writes: text, files, an answer to a message, a correction. */

import { attachItems, batchesOf, filePicker, Tray } from "./attach.js";
import { CommandMenu } from "./commands.js";
import { draftAt, EMPTY, keepDraft } from "./drafts.js";
import { h, icon, iconButton } from "./dom.js";
import { nameOf, preview, senderOf } from "./format.js";
import { InlineMenu } from "./inline.js";
import { above, menu } from "./overlay.js";

const TALLEST = 180;

export class Composer {
  /**
   * `on` = {say(what), sayFiles(batches, {caption, reply_to}), edit(message, text), commands(),
   * last(), inline}; the first three resolve to false when the server refused, and the words come back.
   */
  constructor(on) {
    this.on = on;
    this.key = null;
    this.aim = null;
    this.lost = [];
    this.build();
    this.listen();
    this.commandMenu = new CommandMenu({
      input: this.input,
      load: on.commands,
      onPick: (text) => this.say(text),
    });
    this.inlineMenu = new InlineMenu({ input: this.input, on: on.inline });
    this.element.prepend(this.commandMenu.element, this.inlineMenu.element);
    this.resize();
  }

  build() {
    this.tray = new Tray(() => this.changed());
    this.picker = filePicker((files, kind) => this.tray.add(files, kind));
    this.input = h("textarea", {
      rows: 1,
      placeholder: "写消息…",
      "aria-label": "写消息",
      autocomplete: "off",
    });
    this.aimBar = h("div", { class: "aim", hidden: true });
    this.lostBar = h("div", { class: "aim lost", role: "status", hidden: true });
    this.attach = iconButton("attach", "附件", () => this.openAttach(), {
      "aria-haspopup": "menu",
    });
    this.slash = iconButton("slash", "命令", () => this.commandMenu.toggle());
    this.slash.addEventListener("pointerdown", (event) => event.preventDefault());
    this.button = iconButton("send", "发送", () => this.submit(), { class: "icon-button send" });
    const bar = h(
      "div",
      { class: "composer-bar" },
      this.attach,
      this.input,
      this.slash,
      this.button,
    );
    this.element = h(
      "div",
      { class: "composer" },
      this.lostBar,
      this.aimBar,
      this.tray.element,
      bar,
      this.picker.input,
    );
  }

  listen() {
    this.input.addEventListener("keydown", (event) => this.keydown(event));
    this.input.addEventListener("input", () => this.changed());
    this.input.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length) return;
      event.preventDefault();
      this.tray.add(files);
    });
  }

  /** Go to the place `key`, keeping what was begun at the other. */
  enter(key) {
    if (key === this.key) return;
    this.key = null;
    this.restore(draftAt(key));
    this.key = key;
    this.hideMenus();
  }

  hideMenus() {
    this.commandMenu.hide();
    this.inlineMenu.hide();
  }

  get begun() {
    return { text: this.input.value, aim: this.aim, files: this.tray.files, lost: this.lost };
  }

  restore({ text, aim, files, lost }) {
    this.input.value = text;
    this.lost = lost;
    this.tray.set(files);
    this.setAim(aim);
  }

  /** What is begun has changed: it is kept, and the field is as tall as its text. */
  changed() {
    if (this.tray.files.length) this.lost = [];
    if (this.key !== null) keepDraft(this.key, this.begun);
    this.drawLost();
    this.resize();
  }

  drawLost() {
    this.lostBar.hidden = this.lost.length === 0;
    const told = `页面刷新后附件没有保留，请重新添加：${this.lost.join("、")}`;
    if (this.lostBar.hidden || this.lostBar.textContent === told) return;
    const text = h("span", { class: "aim-text" }, h("span", {}, told));
    const close = iconButton("close", "知道了", () => this.forget());
    this.lostBar.replaceChildren(icon("file"), text, close);
  }

  forget() {
    this.lost = [];
    this.changed();
    this.focus();
  }

  focus() {
    this.input.focus({ preventScroll: true });
  }

  /** Answer a message with what is written next. */
  reply(message) {
    if (this.aim?.kind === "edit") this.input.value = "";
    this.setAim({ kind: "reply", message });
    this.focus();
  }

  /** Correct a message of one's own. */
  edit(message) {
    this.input.value = message.text ?? message.caption ?? "";
    this.setAim({ kind: "edit", message });
    this.focus();
  }

  addFiles(files) {
    this.tray.add(files);
    this.focus();
  }

  setAim(aim) {
    this.aim = aim;
    this.changed();
    this.aimBar.hidden = aim === null;
    this.button.setAttribute("aria-label", aim?.kind === "edit" ? "保存" : "发送");
    this.button.replaceChildren(icon(aim?.kind === "edit" ? "check" : "send"));
    if (!aim) return;
    const editing = aim.kind === "edit";
    const title = editing ? "编辑消息" : `回复 ${nameOf(senderOf(aim.message))}`;
    this.aimBar.replaceChildren(
      icon(editing ? "pencil" : "reply"),
      h("span", { class: "aim-text" }, h("b", {}, title), h("span", {}, preview(aim.message))),
      iconButton("close", "取消", () => this.dropAim()),
    );
  }

  dropAim() {
    if (this.aim?.kind === "edit") this.input.value = "";
    this.setAim(null);
    this.focus();
  }

  keydown(event) {
    if (event.isComposing || this.commandMenu.key(event) || this.inlineMenu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.aim) this.dropAim();
    else if (event.key === "ArrowUp" && this.input.value === "") this.editLast(event);
  }

  editLast(event) {
    const last = this.on.last();
    if (!last) return;
    event.preventDefault();
    this.edit(last);
  }

  /** Send one line at once, whatever stands in the composer. */
  async say(text) {
    if (this.input.value.startsWith("/")) this.input.value = "";
    this.changed();
    await this.on.say({ text });
  }

  async submit() {
    const { begun } = this;
    const text = begun.text.trim();
    if (!text && !begun.files.length) return;
    this.restore(EMPTY);
    this.hideMenus();
    const { key } = this;
    if (await this.deliver(text, begun)) return;
    // The server refused: what was written comes back to the place where it was written.
    if (key === this.key) this.restore(begun);
    else keepDraft(key, begun);
  }

  deliver(text, { aim, files }) {
    if (aim?.kind === "edit") return this.on.edit(aim.message, text);
    if (!files.length) return this.on.say({ text, ...answering(aim) });
    return this.on.sayFiles(batchesOf(files), { caption: text, ...answering(aim) });
  }

  async sayAnswering(what) {
    const { aim } = this;
    if (await this.on.say({ ...what, ...answering(aim) }))
      this.setAim(aim?.kind === "edit" ? aim : null);
  }

  openAttach() {
    menu(
      above(this.attach),
      attachItems(this.picker.ask, (what) => this.sayAnswering(what)),
      "附件",
    );
  }

  resize() {
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, TALLEST)}px`;
    this.button.disabled = !this.input.value.trim() && !this.tray.files.length;
  }
}

/** What makes a message an answer to the one that `aim` points at. */
function answering(aim) {
  return aim?.kind === "reply" ? { reply_to: aim.message.message_id } : {};
}
