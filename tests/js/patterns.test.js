// Wildcards and fuzzy terms against lunr.TokenSet itself.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { randomFrom } = require("./queries.js");
const { expand, SearchError } = require("./site.js").loadClient();

/** @param {string[]} words @param {string} term @param {number} [distance] */
const byLunr = (words, term, distance) =>
  lunr.TokenSet.fromArray(words).intersect(
    distance === undefined ? lunr.TokenSet.fromString(term) : lunr.TokenSet.fromFuzzyString(term, distance),
  ).toArray();

/** Words over a small alphabet, with digits and signs that sort around them. */
function wordsFrom(random, count, alphabet) {
  const word = () => Array.from({ length: 1 + Math.floor(random() * 7) }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
  return [...new Set(Array.from({ length: count }, word))].sort();
}

test("patterns give lunr's words in lunr's order", async () => {
  const random = randomFrom(11);
  for (let round = 0; round < 300; round++) {
    const words = wordsFrom(random, 60, [..."aabbc12.*é\u{1f600}"]);
    const term = wordsFrom(random, 1, [..."abc1*"])[0] ?? "a";
    const distance = round % 4 === 3 ? undefined : round % 4;
    assert.deepEqual(await expand(words, term, distance), byLunr(words, term, distance), `${term}~${distance}`);
  }
});

test("an edit distance that nothing can answer is refused in words, at once", async () => {
  for (const [term, distance] of [["a", 99], ["attention", 9], ["x".repeat(900), 2], ["ab", 1e9]]) {
    await assert.rejects(expand(["a", "attention"], term, distance), SearchError);
  }
});

test("no pattern takes long", async () => {
  const words = Array.from({ length: 2000 }, (_, i) => "a".repeat(i % 60) + i).sort();
  const begun = process.cpuUsage();
  for (const term of ["*a".repeat(30) + "*", "*".repeat(900), "a*".repeat(400), "*zlah*"]) await expand(words, term, undefined);
  await expand(words, "a".repeat(60), 1);
  const { user, system } = process.cpuUsage(begun);
  assert.ok(user + system < 5e6, "seconds of the processor, whatever else it does");
});
