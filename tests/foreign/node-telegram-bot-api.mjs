// The bot of walk.py, written with node-telegram-bot-api 2.
import { Bot, InlineKeyboardBuilder, InputFile } from "node-telegram-bot-api";
import { createWebhookServer } from "node-telegram-bot-api/node";
import { FORUM, TOKEN, URL, listen, words } from "./common.mjs";

const SECRET = "walk_with_me";
const bot = new Bot(TOKEN, { apiRoot: URL });

bot.command("start", (ctx) => ctx.reply(words.started(ctx.message.text.split(" ")[1] ?? "")));
bot.hears(words.askButton, (ctx) => {
  const keyboard = new InlineKeyboardBuilder().text(words.button, "ok").build();
  return ctx.reply(words.choose, { reply_markup: keyboard });
});
bot.hears(words.askTopic, async () => {
  const topic = await bot.api.createForumTopic({ chat_id: FORUM, name: words.topic });
  const place = { chat_id: FORUM, message_thread_id: topic.message_thread_id };
  await bot.api.sendMessage({ text: words.inTopic, ...place });
});
bot.on("message", async (ctx) => {
  const { chat, photo, text } = ctx.message;
  if (!photo) {
    if (text) await ctx.reply(words.echo(text), { parse_mode: "HTML" });
    return;
  }
  const id = photo.at(-1).file_id;
  const file = await bot.api.getFile({ file_id: id });
  const answer = await fetch(`${URL}/file/bot${TOKEN}/${file.file_path}`);
  const document = new InputFile(new Uint8Array(await answer.arrayBuffer()), { filename: "a.png" });
  await bot.api.sendDocument({ chat_id: chat.id, document, caption: words.sameSize });
  const media = [1, 2].map(() => ({ type: "photo", media: id }));
  await bot.api.sendMediaGroup({ chat_id: chat.id, media });
});
bot.on("edited_message", (ctx) => {
  const { chat, text } = ctx.update.edited_message;
  return bot.api.sendMessage({ chat_id: chat.id, text: words.edited(text) });
});
bot.on("callback_query", async (ctx) => {
  await ctx.answerCallbackQuery({ text: words.toast });
  const { message } = ctx.callbackQuery;
  const where = { chat_id: message.chat.id, message_id: message.message_id };
  await bot.api.editMessageText({ text: words.thanks, ...where });
});

await listen(
  () => bot.startPolling(),
  (url) => bot.api.setWebhook({ url, secret_token: SECRET }),
  (port) =>
    createWebhookServer(bot, { path: "/hook", secretToken: SECRET }).listen(port, "127.0.0.1"),
);
