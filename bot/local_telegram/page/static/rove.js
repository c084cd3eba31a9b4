/**
 * A list that is one stop for Tab: the arrows, Home and End walk among its items, and in an item
 * the arrows to the sides walk among its controls. Escape leaves a control for its item.
 */

export const CONTROLS = "button, a[href], audio, video, [tabindex]";
const STEP = { ArrowDown: 1, ArrowUp: -1 };
const SIDESTEP = { ArrowRight: 1, ArrowLeft: -1 };
const PLAYERS = "audio, video";

export class Rove {
  /**
   * `items()` are the elements to walk among, in order; `first(items)` the one where Tab arrives;
   * `onKey(event, item)` may handle a key on an item and then returns true; `flat` items have no
   * controls, and the arrows to the sides walk among them too.
   */
  constructor(list, { items, first, onKey = () => false, flat = false }) {
    this.items = items;
    this.first = first;
    this.onKey = onKey;
    this.steps = flat ? { ...STEP, ...SIDESTEP } : STEP;
    this.list = list;
    list.addEventListener("keydown", (event) => this.key(event));
    for (const change of ["focusin", "focusout"])
      list.addEventListener(change, () => this.refresh());
  }

  /** Let Tab stop once: where the focus is, from outside at the first. Call it after drawing. */
  refresh() {
    const items = this.items();
    const stop = items.find(holdsFocus) ?? this.first(items);
    for (const item of items) item.tabIndex = item === stop ? 0 : -1;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const items = this.items();
    const at = items.findIndex(holdsFocus);
    if (at < 0) return;
    const next = this.target(event, items, at);
    if (next) next.focus();
    else if (event.target !== items[at] || !this.onKey(event, items[at])) return;
    event.preventDefault();
    event.stopPropagation();
  }

  target({ key, target }, items, at) {
    const item = items[at];
    const step = this.steps[key];
    if (step) return items[Math.min(Math.max(at + step, 0), items.length - 1)];
    if (key === "Home") return items[0];
    if (key === "End") return items.at(-1);
    if (key === "Escape" && target !== item) return item;
    // In a player these keys seek.
    if (!(key in SIDESTEP) || target.matches(PLAYERS)) return null;
    const controls = [item, ...item.querySelectorAll(CONTROLS)];
    return controls[controls.indexOf(target) + SIDESTEP[key]] ?? null;
  }
}

function holdsFocus(element) {
  return element.contains(document.activeElement);
}
