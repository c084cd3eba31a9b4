// What the bots of all libraries share: where they are, what they say, and how they get updates.
import { once } from "node:events";

export const { TOKEN, URL, MODE } = process.env;
export const FORUM = Number(process.env.FORUM);

export const words = {
  askButton: "按钮",
  choose: "请选",
  button: "好",
  toast: "收到",
  thanks: "谢谢",
  askTopic: "话题",
  topic: "T-1",
  inTopic: "在话题里",
  sameSize: "同样大小",
  started: (payload) => `从这里来：${payload}`,
  edited: (text) => `改成：${text}`,
  echo: (text) => `您说：<b>${text}</b>`,
};

/** Begin: `poll` fetches updates; `serve` listens on a port, `tell` says where. */
export async function listen(poll, tell, serve) {
  if (MODE === "polling") return poll();
  const server = serve(0);
  await once(server, "listening");
  return tell(`http://127.0.0.1:${server.address().port}/hook`);
}
