// Putting a text on the clipboard. Loaded by daybook.js when the first one is copied.
"use strict";
/** The clipboard is refused on plain-HTTP hosts, so fall back to a selection. @param {string} text */
daybook.copied = async (text) => {
  const area = document.createElement("textarea");
  area.value = text;
  (document.querySelector("dialog[open]") ?? document.body).append(area);
  const before = document.activeElement;
  area.select();
  const done = await navigator.clipboard?.writeText(text).then(() => true, () => false) || document.execCommand("copy");
  area.remove();
  if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  return done;
};
