/**
 * What was begun and not sent, by person and place. Words and aim outlive a reload of the page;
 * files do not, and their names are told.
 */

export const EMPTY = { text: "", aim: null, files: [], lost: [] };

// Files by place: a browser keeps none over a reload.
const held = new Map();

/** What was begun at the place `key`: {text, aim, files, lost}, `lost` the names of lost files. */
export function draftAt(key) {
  const { names = [], ...kept } = JSON.parse(sessionStorage.getItem(mark(key)) ?? "{}");
  const files = held.get(key) ?? [];
  return { ...EMPTY, ...kept, files, lost: files.length ? [] : names };
}

/** Keep what was begun; with nothing begun, nothing is kept. */
export function keepDraft(key, { text, aim, files, lost }) {
  held.set(key, files);
  const names = files.length ? files.map(({ file }) => file.name) : lost;
  if (!text && !aim && !names.length) return sessionStorage.removeItem(mark(key));
  try {
    return sessionStorage.setItem(mark(key), JSON.stringify({ text, aim, names }));
  } catch {
    // Full: a draft of megabytes lasts until the reload.
    return sessionStorage.removeItem(mark(key));
  }
}

function mark(key) {
  return `draft/${key}`;
}
