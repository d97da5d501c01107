// Passages: the right stretch, whole words, nothing lost.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { marked, passage } = require("./site.js").loadClient();

/** @param {daybook.Piece[]} pieces */
const shown = (pieces) => pieces.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");

test("a word is marked without the signs around it, in every form the stem covers", () => {
  assert.equal(shown(marked("(Model), “models”; a re-modelled one.", new Set(["model"]))), "([Model]), “[models]”; a re-[modelled] one.");
});

test("folded letters and Chinese are marked as they are written", () => {
  assert.equal(shown(marked("by José Łukasz", new Set(["jose", "lukasz"]))), "by [José] [Łukasz]");
  assert.equal(shown(marked("关于深度学习的", new Set(["深度", "度学", "学习"]))), "关于[深度学习]的");
});

test("the passage is where most of the words are", () => {
  const filler = "Nothing to see in this sentence at all. ".repeat(20);
  const text = `${filler}A graph. ${filler}A graph of neural networks. ${filler}`;
  const result = shown(passage(text, new Set(["graph", "neural", "network"]), 120));
  assert.match(result, /^… .*\[graph\] of \[neural\] \[networks\].* …$/);
  assert.ok(result.length < 150);
});

test("without a match it is the beginning, cut at a word", () => {
  const result = shown(passage("word ".repeat(100).trim(), new Set(), 52));
  assert.equal(result, `${"word ".repeat(10).trim()} …`);
});

test("all text is given back, whatever is in it", () => {
  for (const text of ["", " ", "<img src=x onerror=alert(1)>", "\ud800 lone", "a".repeat(5000), "\u202eevil", "- - -"]) {
    const pieces = marked(text, new Set(["evil", "lone", "img", "onerror"]));
    assert.equal(pieces.map((piece) => piece.text).join(""), text);
    passage(text, new Set(["evil"]), 50);
  }
});
