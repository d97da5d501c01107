// Queries over a vocabulary, covering the whole of Lunr's language, the same for the same seed.
"use strict";

/**
 * Numbers from 0 up to 1 that a seed decides (the generator is mulberry32, in the public domain).
 * @param {number} seed
 */
function randomFrom(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param {string[]} words
 * @param {string[]} fields
 * @param {number} seed
 */
function queryMaker(words, fields, seed) {
  const random = randomFrom(seed);
  const below = (/** @type {number} */ n) => Math.floor(random() * n);
  const pick = (/** @type {any[]} */ list) => list[below(list.length)];
  const letters = "abcdefghijklmnopqrstuvwxyz0123456789";

  const typo = (/** @type {string} */ word) => {
    const at = below(word.length);
    const [head, tail] = [word.slice(0, at), word.slice(at)];
    return pick([head + pick([...letters]) + tail, head + tail.slice(1), head + pick([...letters]) + tail.slice(1),
      head + tail.charAt(1) + tail.charAt(0) + tail.slice(2)]) || word;
  };
  const wild = (/** @type {string} */ word) => {
    const cut = 1 + below(Math.max(1, word.length - 1));
    const other = below(word.length);
    return pick([word.slice(0, cut + 2) + "*", "*" + word.slice(-cut - 2), word.slice(0, other) + "*" + word.slice(other + 1),
      word.slice(0, 2) + "*" + word.slice(-1), "*" + word.slice(1, -1) + "*"]);
  };
  const clause = () => {
    const word = pick(words);
    let text = pick([() => word, () => word, () => word, () => wild(word), () => typo(word) + "~1", () => word + "~1",
      () => word.slice(0, 5) + "~2", () => "unbekannt" + below(99), () => word.toUpperCase(), () => word + ",", () => typo(word)])();
    if (random() < 0.15) text += "^" + below(12);
    if (random() < 0.3) text = pick(fields) + ":" + text;
    return pick(["", "", "", "", "+", "+", "-"]) + text;
  };
  const broken = () => pick(["unknown:word", "word~", "word~x", "word^", "word^x", "+", "-", "title:", "a +", "~1", "^2",
    "title:+word", "+-word", "title:title:word", "word~1~", "word^2^", "*:word", "a:b:c"]);
  const negated = () => Array.from({ length: 1 + below(3) }, () => "-" + clause().replace(/^[+-]/, "")).join(" ");
  const plain = () => Array.from({ length: 1 + below(5) }, clause).join(" ");
  return () => {
    const kind = random();
    return kind < 0.03 ? broken() : kind < 0.08 ? negated() : kind < 0.09 ? pick(["", " ", "!!!", "+!!!", "\\", "a\\:b"]) : plain();
  };
}

module.exports = { queryMaker, randomFrom };
