/**
 * The page: one panel or two, each at a place of its own. Two stand side by side, or where there is
 * no room for that, as on a phone or at a high zoom, one can turn from one to the other.
 */

import { api } from "./api.js";
import { iconButton, h } from "./dom.js";
import { Panel } from "./panel.js";
import { Peer } from "./peer.js";

const WIDE = matchMedia("(min-width: 1100px)");
const ROOM = matchMedia("(min-width: 641px)");
const OTHER = { left: "right", right: "left" };
const SIDES = { left: "左侧窗口", right: "右侧窗口" };
const query = new URLSearchParams(location.search);
const root = document.getElementById("panels");
const panels = new Map();

const peers = [];

let people = [];
let turned = "left";
let split = query.has("split") ? query.get("split") !== "0" : null;
let start = query.get("start");

const shared = {
  examples: [],
  people: () => people,
  start: (panel) => (panel === panels.get("left") ? start : null),
  started: () => {
    start = null;
    setQuery("start", null);
  },
  tools: (side) => [
    peer(side),
    side === "left"
      ? iconButton("split", "一栏或两栏", toggleSplit, { class: "icon-button split-toggle" })
      : null,
  ],
  peer,
  changed: () => {
    countUnread();
    for (const one of peers) one.draw();
  },
  refreshPeople: async () => {
    people = await api.people().catch(() => people);
    for (const panel of panels.values()) panel.draw();
  },
};

function setQuery(name, value) {
  if (value === null) query.delete(name);
  else query.set(name, value);
  const search = query.toString();
  history.replaceState(
    null,
    "",
    `${location.pathname}${search ? `?${search}` : ""}${location.hash}`,
  );
}

/** The places in the address: `#left=USER,CHAT,THREAD&right=…`, so a copied address opens the same. */
function places() {
  const hash = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries([...hash].map(([side, text]) => [side, placeOf(text)]));
}

function placeOf(text) {
  const [user, chat, thread] = text.split(",").map((part) => (part ? Number(part) : null));
  return { user: user || null, chat: chat || null, thread: thread || null };
}

function remember(side, { user, chat, thread }, push) {
  const hash = new URLSearchParams(location.hash.slice(1));
  hash.set(side, [user, chat, thread].map((part) => part ?? "").join(","));
  const address = `#${decodeURIComponent(hash.toString())}`;
  if (address === location.hash) return;
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Who a side is when the address names nobody: someone alone on the left, of a group on the right. */
function anyone(side) {
  const grouped = people.filter((person) => person.groups.length);
  const alone = people.filter((person) => !person.groups.length);
  const [first] =
    side === "left" ? [...alone, ...grouped] : [...grouped, ...alone.slice(1), ...alone];
  return { user: first?.id ?? null, chat: null, thread: null };
}

/** Whether there are two panels: what was asked for, else where they fit or were there before. */
function areTwo() {
  return split ?? (WIDE.matches || !ROOM.matches || panels.has("right") || "right" in places());
}

function arrange() {
  const two = areTwo();
  root.classList.toggle("split", two && ROOM.matches);
  if (!two) turned = "left";
  for (const side of Object.keys(SIDES)) {
    const wanted = side === "left" || two;
    if (wanted && !panels.has(side)) addPanel(side);
    if (!wanted) {
      panels.get(side)?.close();
      panels.delete(side);
    }
  }
  for (const [side, panel] of panels) {
    const shown = side === turned || ROOM.matches;
    if (!shown) panel.element.remove();
    else if (!panel.element.isConnected) root[side === "left" ? "prepend" : "append"](panel.element);
  }
  panels.forEach((panel) => panel.draw());
}

/** A button to turn from `side` to the other; hidden while both are in sight, or there is one. */
function peer(side) {
  const other = OTHER[side];
  const one = new Peer({
    panel: () => (ROOM.matches ? null : panels.get(other)),
    turn: () => turn(other),
  });
  peers.push(one);
  return one.element;
}

function turn(side) {
  turned = side;
  arrange();
  const buttons = [...root.querySelectorAll(".peer")];
  buttons.find((button) => button.checkVisibility())?.focus();
}

function addPanel(side) {
  const onPlace = (place, push) => remember(side, place, push);
  const panel = new Panel({ side, label: SIDES[side], shared, onPlace });
  panels.set(side, panel);
  visit(side, panel);
}

function visit(side, panel) {
  const asked = places()[side];
  const known = people.some((person) => person.id === asked?.user);
  const place = known ? asked : anyone(side);
  if (place.user !== null) panel.go(place, { auto: true });
}

function toggleSplit() {
  split = panels.size < 2;
  setQuery("split", split ? "1" : "0");
  arrange();
}

function countUnread() {
  const stores = new Map([...panels.values()].map(({ store }) => [store?.user, store]));
  let count = 0;
  for (const store of stores.values()) count += store?.allUnread() ?? 0;
  document.title = count ? `(${count}) 本地 Telegram` : "本地 Telegram";
}

async function load() {
  try {
    [people, shared.examples] = await Promise.all([api.people(), api.examples()]);
  } catch (error) {
    const again = h(
      "button",
      { type: "button", class: "button strong", onClick: () => location.reload() },
      "再试一次",
    );
    root.replaceChildren(h("div", { class: "nowhere" }, h("p", {}, error.message), again));
    return;
  }
  arrange();
  for (const width of [WIDE, ROOM]) width.addEventListener("change", arrange);
  addEventListener("popstate", () => panels.forEach((panel, side) => visit(side, panel)));
  document.addEventListener("visibilitychange", () => panels.forEach((panel) => panel.look()));
}

load();
