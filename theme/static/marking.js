// Marks the reader's words and authors on a page, without touching its elements. Loaded by daybook.js where it is on.
"use strict";
(() => {
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const able = typeof Highlight === "function" && "highlights" in CSS;
  /** @type {RegExp | null} */
  let wanted = null;
  let waiting = false;

  /** @param {string[]} words */
  function pattern(words) {
    const parts = words.map((word) => word.trim()).filter((word) => /[\p{L}\p{N}]/u.test(word)).map((word) =>
      word.replace(/\*+$/, "").replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+") + (word.endsWith("*") ? "[\\p{L}\\p{N}]*" : ""));
    return parts.length ? new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join("|")})(?![\\p{L}\\p{N}])`, "giu") : null;
  }

  function draw() {
    waiting = false;
    if (!wanted) return void CSS.highlights.delete("mine");
    const ranges = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const found of (node.nodeValue ?? "").matchAll(wanted)) {
        const range = new Range();
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        ranges.push(range);
      }
    }
    CSS.highlights.set("mine", new Highlight(...ranges));
  }

  /** @returns {daybook.Marks} */
  function marks() {
    try {
      const { on, words, authors } = JSON.parse(daybook.kept(":marks") ?? "{}");
      return { on: on === true, words: [...words ?? []].map(String), authors: [...authors ?? []].map(String) };
    } catch {
      return { on: false, words: [], authors: [] };
    }
  }

  function showMarks() {
    const { on, words, authors } = marks();
    if (!able) return on ? daybook.say("This browser cannot mark words.") : undefined;
    wanted = on ? pattern([...words, ...authors]) : null;
    draw();
  }

  // Results come and go.
  if (able) {
    new MutationObserver(() => {
      if (wanted && !waiting) waiting = Boolean(requestAnimationFrame(draw));
    }).observe(main, { childList: true, subtree: true });
  }
  Object.assign(daybook, { marks, showMarks });
})();
