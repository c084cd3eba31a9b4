// The bot of walk.py, written with telegraf, which answers updates with calls by default.
import http from "node:http";
import { Markup, Telegraf } from "telegraf";
import { message } from "telegraf/filters";
import { FORUM, TOKEN, URL, listen, words } from "./common.mjs";

const bot = new Telegraf(TOKEN, { telegram: { apiRoot: URL } });

bot.start((ctx) => ctx.reply(words.started(ctx.payload)));
bot.hears(words.askButton, (ctx) =>
  ctx.reply(words.choose, Markup.inlineKeyboard([Markup.button.callback(words.button, "ok")])),
);
bot.action("ok", async (ctx) => {
  await ctx.answerCbQuery(words.toast);
  await ctx.editMessageText(words.thanks);
});
bot.hears(words.askTopic, async (ctx) => {
  const topic = await ctx.telegram.callApi("createForumTopic", { chat_id: FORUM, name: words.topic });
  const place = { message_thread_id: topic.message_thread_id };
  await ctx.telegram.sendMessage(FORUM, words.inTopic, place);
});
bot.on(message("photo"), async (ctx) => {
  const id = ctx.message.photo.at(-1).file_id;
  const answer = await fetch(await ctx.telegram.getFileLink(id));
  const source = Buffer.from(await answer.arrayBuffer());
  await ctx.replyWithDocument({ source, filename: "a.png" }, { caption: words.sameSize });
  await ctx.replyWithMediaGroup([1, 2].map(() => ({ type: "photo", media: id })));
});
bot.on("edited_message", (ctx) => ctx.reply(words.edited(ctx.editedMessage.text)));
bot.on(message("text"), (ctx) => ctx.replyWithHTML(words.echo(ctx.message.text)));

await listen(
  () => bot.launch(),
  (url) => bot.telegram.setWebhook(url),
  (port) => http.createServer(bot.webhookCallback("/hook")).listen(port, "127.0.0.1"),
);
