// What is plain text and what is Lunr's language.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { hasOperators } = require("./site.js").loadClient();

const FIELDS = ["title", "abstract", "author", "topic"];

for (const text of ["text-to-image models", "Magnet: we never know", "C++ and -- dashes", "from r to $Q^*$", "what is 5 * 5",
  "https://example.org/a", "\"exact words\"", "AT&T (2024)", "10:30 talk", "a - b", "x^y", "~ roughly"]) {
  test(`plain text: ${text}`, () => assert.equal(hasOperators(text, FIELDS), false));
}

for (const text of ["+graph", "graph -neural", "transf*", "*former", "tr*er", "word~1", "word^2", "title:graph", "title: graph",
  "+author:jose", "nofield:x", "*", "a\\:b"]) {
  test(`Lunr's language: ${text}`, () => assert.equal(hasOperators(text, FIELDS), true));
}
