// The bot of walk.py, written with grammY.
import http from "node:http";
import { Bot, InlineKeyboard, InputFile, webhookCallback } from "grammy";
import { FORUM, TOKEN, URL, listen, words } from "./common.mjs";

const carried = (method) => method === "sendMessage";
const bot = new Bot(TOKEN, { client: { apiRoot: URL, canUseWebhookReply: carried } });

bot.command("start", (ctx) => ctx.reply(words.started(ctx.match)));
bot.hears(words.askButton, (ctx) =>
  ctx.reply(words.choose, { reply_markup: new InlineKeyboard().text(words.button, "ok") }),
);
bot.callbackQuery("ok", async (ctx) => {
  await ctx.answerCallbackQuery(words.toast);
  await ctx.editMessageText(words.thanks);
});
bot.hears(words.askTopic, async (ctx) => {
  const topic = await ctx.api.createForumTopic(FORUM, words.topic);
  const place = { message_thread_id: topic.message_thread_id };
  await ctx.api.sendMessage(FORUM, words.inTopic, place);
});
bot.on("message:photo", async (ctx) => {
  const id = ctx.message.photo.at(-1).file_id;
  const file = await ctx.getFile();
  const answer = await fetch(`${URL}/file/bot${TOKEN}/${file.file_path}`);
  const data = new Uint8Array(await answer.arrayBuffer());
  await ctx.replyWithDocument(new InputFile(data, "a.png"), { caption: words.sameSize });
  await ctx.replyWithMediaGroup([1, 2].map(() => ({ type: "photo", media: id })));
});
bot.on("edited_message:text", (ctx) => ctx.reply(words.edited(ctx.editedMessage.text)));
bot.on("message:text", (ctx) =>
  ctx.reply(words.echo(ctx.message.text), { parse_mode: "HTML" }),
);

await listen(
  () => bot.start(),
  (url) => bot.api.setWebhook(url),
  (port) => http.createServer(webhookCallback(bot, "http")).listen(port, "127.0.0.1"),
);
