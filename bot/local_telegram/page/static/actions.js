/** What a person does in a panel: each is a request to the server and, refused, a toast. */

import { api } from "./api.js";
import { isAlone } from "./format.js";
import { alertBox, confirmBox, menu, toast } from "./overlay.js";

const TOPIC_ACTIONS = {
  close: { label: "关闭话题", icon: "lock" },
  reopen: { label: "重开话题", icon: "topic" },
  delete: { label: "删除话题", icon: "close", danger: true },
};

export class Actions {
  constructor(panel) {
    this.panel = panel;
    this.command = (text) => this.say({ text });
  }

  /** Run a request; true when the server accepted it, else its reason is shown. */
  async try(request) {
    try {
      await request();
      return true;
    } catch (error) {
      toast(this.panel.element, error.message);
      return false;
    }
  }

  onMessage() {
    return {
      press: (message, key, button) => this.press(message, key, button),
      menu: (messages, point) => this.messageMenu(messages, point),
      jump: (id) => this.panel.conversation.jump(id),
      command: this.command,
    };
  }

  onComposer() {
    return {
      say: (what) => this.say(what),
      sayFiles: (batches, words) => this.sayFiles(batches, words),
      edit: (message, text) => this.edit(message, text),
      commands: () => this.panel.store.commandsIn(this.panel.place.chat),
      last: () => this.lastOwn(),
      inline: {
        bot: () => this.panel.here?.inline_bot ?? null,
        ask: (text) => api.inline(this.panel.place, text),
        choose: (page, result) => this.choose(page, result),
      },
    };
  }

  onFoot() {
    return {
      start: () => this.start(),
      unblock: () => this.block(false),
      reopen: () => this.topic("reopen"),
      example: (text) => this.say({ text }),
    };
  }

  say(what) {
    const { place, store } = this.panel;
    return this.try(async () => store.put((await api.send(place, what)).messages));
  }

  choose(page, result) {
    const { place, store } = this.panel;
    return this.try(async () => store.put((await api.choose(place, page, result)).messages));
  }

  async start() {
    const payload = this.panel.start;
    if (await this.say({ text: payload ? `/start ${payload}` : "/start" }))
      this.panel.shared.started();
    this.panel.draw();
  }

  sayFiles(batches, { caption, reply_to: replyTo }) {
    const { place, store } = this.panel;
    return this.try(async () => {
      let words = { caption, reply_to: replyTo };
      for (const { kind, files } of batches) {
        store.put((await api.sendFiles(place, kind, files, words)).messages);
        words = {};
      }
    });
  }

  edit(message, text) {
    const { user, chat } = this.panel.place;
    return this.try(() => api.edit(user, chat, message.message_id, text));
  }

  lastOwn() {
    const { store, place } = this.panel;
    return store.messagesIn(place.chat, place.thread).findLast(canEdit) ?? null;
  }

  /** Press an inline button: it turns until the bot has answered. */
  async press(message, key, button) {
    if (button.getAttribute("aria-busy") === "true") return;
    const { user, chat } = this.panel.place;
    button.setAttribute("aria-busy", "true");
    await this.try(async () => {
      const answer = await api.press(user, chat, message.message_id, key.callback_data);
      if (!answer.answered) toast(this.panel.element, "机器人没有回应");
      else if (answer.text && answer.alert) await alertBox(answer.text);
      else if (answer.text) toast(this.panel.element, answer.text);
    });
    button.removeAttribute("aria-busy");
  }

  messageMenu(messages, point) {
    const [message] = messages;
    const { composer } = this.panel;
    const text = messages.map((m) => m.text ?? m.caption).find(Boolean);
    const own = messages.find(canEdit);
    const alone = isAlone(message);
    const items = [];
    if (!alone) items.push({ label: "回复", icon: "reply", run: () => composer.reply(message) });
    if (text) items.push({ label: "复制文字", icon: "file", run: () => this.copy(text) });
    if (own) items.push({ label: "编辑", icon: "pencil", run: () => composer.edit(own) });
    if (message.out && !alone) {
      items.push({ label: "删除", icon: "close", danger: true, run: () => this.delete(messages) });
    }
    if (items.length) menu(point, items, "消息菜单");
  }

  copy(text) {
    return this.try(async () => {
      await navigator.clipboard.writeText(text);
      toast(this.panel.element, "已复制");
    });
  }

  async delete(messages) {
    const { user, chat } = this.panel.place;
    if (!(await confirmBox("删除这条消息？对方也将看不到它。", "删除"))) return;
    await this.try(async () => {
      for (const message of messages) await api.delete(user, chat, message.message_id);
    });
  }

  placeMenu(point) {
    const { here, topic, person } = this.panel;
    if (here.type === "private") {
      const label = person?.blocked ? "解除屏蔽" : "屏蔽机器人";
      menu(point, [
        { label, icon: "lock", danger: !person?.blocked, run: () => this.block(!person?.blocked) },
      ]);
      return;
    }
    const usable = topic?.closed ? ["reopen", "delete"] : ["close", "delete"];
    const items = usable.map((action) => ({
      ...TOPIC_ACTIONS[action],
      run: () => this.topic(action),
    }));
    menu(point, items, "话题菜单");
  }

  async block(blocked) {
    const { user } = this.panel.place;
    const sure = !blocked || (await confirmBox("屏蔽后，机器人不能再给你发消息。", "屏蔽"));
    if (!sure) return;
    await this.try(() => (blocked ? api.block(user) : api.unblock(user)));
    await this.panel.shared.refreshPeople();
  }

  async topic(action) {
    const { user, chat, thread } = this.panel.place;
    const sure = action !== "delete" || (await confirmBox("删除整个话题和其中的消息？", "删除"));
    if (sure) await this.try(() => api.topic(user, chat, thread, action));
  }
}

function canEdit(message) {
  return message.out && !isAlone(message) && (message.text ?? message.caption) !== undefined;
}
