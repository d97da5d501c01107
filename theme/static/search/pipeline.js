// How words become the terms of the index: the twin of plugins/daybook/search/tokens.py, which says
// why. Registered with lunr, so that lunr itself can build or load the same index.
"use strict";
(() => {
  const SPACES = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff";
  const MARKS = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+/g;
  const BREAKS = new RegExp(`[${SPACES}\\u2010-\\u2015\\u2212\\u2044\\u30a0\\u30fb-]+`);

  /** @type {Record<string, string>} */
  const LETTERS = {
    æ: "ae", ð: "d", ø: "o", þ: "th", đ: "d", ħ: "h", ı: "i", ĸ: "k", ł: "l", ŋ: "n", œ: "oe",
    ŧ: "t", ß: "ss", "’": "'", ʼ: "'",
  };
  const REPLACED = /[æðøþđħıĸłŋœŧß’ʼ\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069]/g;

  const IDEOGRAPHS =
    "\\u3005-\\u3007\\u3041-\\u3096\\u3099-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u31f0-\\u31ff" +
    "\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const IDEOGRAPH = new RegExp(`[${IDEOGRAPHS}]`, "u");
  const RUNS = new RegExp(`[${IDEOGRAPHS}]+|[^${IDEOGRAPHS}]+`, "gu");

  const PUNCTUATION =
    "\\x00-/:-@\\[-^`{-\\x7f\\x80-\\xa9\\xab-\\xb1\\xb4\\xb6-\\xb8\\xbb\\xbf\\xd7\\xf7\\u02c2-\\u02df" +
    "\\u2000-\\u206f\\u20a0-\\u20cf\\u2190-\\u245f\\u2500-\\u2bff\\u2e00-\\u2e7f\\u3000-\\u3004" +
    "\\u3008-\\u3020\\u3030\\u303d-\\u303f\\ufe10-\\ufe1f\\ufe30-\\ufe6f\\uff00-\\uff0f\\uff1a-\\uff20" +
    "\\uff3b-\\uff40\\uff5b-\\uff65\\ufff0-\\uffff\\u{1f000}-\\u{1faff}";
  const LEADING = new RegExp(`^[${PUNCTUATION}]+`, "u");
  const TRAILING = new RegExp(`[${PUNCTUATION}]$`, "u");

  /** @param {string} text */
  const isAscii = (text) => /^[\x00-\x7f]*$/.test(text);

  /**
   * Reduce letters to those of a plain keyboard, and cut at dashes.
   * @param {string} token
   */
  function fold(token) {
    if (isAscii(token)) return [token];
    const letters = token.normalize("NFKD").replace(MARKS, "").toLowerCase()
      .replace(REPLACED, (letter) => LETTERS[letter] ?? "");
    const words = letters.normalize("NFC").split(BREAKS).filter(Boolean);
    return words.length ? words : [""];
  }

  /**
   * Cut runs of Chinese or Japanese; `characters` adds the single ones, as the index has them.
   * @param {string} word
   * @param {boolean} characters
   */
  function divide(word, characters) {
    if (isAscii(word) || !IDEOGRAPH.test(word)) return [word];
    return (word.match(RUNS) ?? []).flatMap((run) => {
      const letters = [...run];
      if (!IDEOGRAPH.test(run)) return [run];
      const pairs = letters.slice(1).map((letter, at) => letters[at] + letter);
      return characters ? [...letters, ...pairs] : pairs.length ? pairs : letters;
    });
  }

  /**
   * Take away what stands before and after a word. The end is looked for from the end: a pattern
   * for a run before `$` would be tried at every run inside the word.
   * @param {string} word
   */
  function trim(word) {
    let rest = word.replace(LEADING, "");
    while (TRAILING.test(rest)) rest = rest.replace(TRAILING, "");
    return rest;
  }

  /**
   * Make a lunr pipeline function of one that gives several strings for one.
   * @param {(text: string) => string[]} parts
   * @returns {(token: lunr.Token) => lunr.Token[]}
   */
  const several = (parts) => (token) =>
    parts(token.toString()).map((text) => token.clone(() => text));

  /** @type {Record<string, any>} */
  const functions = {
    daybookFold: several(fold),
    daybookDivide: several((word) => divide(word, true)),
    daybookPairs: several((word) => divide(word, false)),
    daybookTrimmer: (/** @type {lunr.Token} */ token) => token.update(trim),
  };
  for (const [label, run] of Object.entries(functions)) {
    if (!(label in /** @type {any} */ (lunr.Pipeline).registeredFunctions)) {
      lunr.Pipeline.registerFunction(run, label);
    }
  }

  /** The labels of the pipeline for texts, as `lunr.Pipeline.load` takes them. */
  const INDEX_PIPELINE = ["daybookFold", "daybookDivide", "daybookTrimmer", "stopWordFilter", "stemmer"];
  /** The labels of the pipeline for the words of a query. */
  const SEARCH_PIPELINE = ["daybookFold", "daybookPairs", "daybookTrimmer", "stemmer"];

  const indexing = lunr.Pipeline.load(INDEX_PIPELINE);
  const searching = lunr.Pipeline.load(SEARCH_PIPELINE);

  Object.assign(daybook.search, {
    INDEX_PIPELINE,
    SEARCH_PIPELINE,
    indexTerms: (/** @type {string} */ token) => indexing.runString(token.toLowerCase()),
    queryTerms: (/** @type {string} */ word) => searching.runString(word),
    plainWords: (/** @type {string} */ text) =>
      lunr.tokenizer(text).flatMap((token) => fold(token.toString())).map(trim).filter(Boolean),
  });
})();
