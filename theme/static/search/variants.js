// Other ways to write a word. Loaded, with acronyms and quotes, where a query has a word that may be written otherwise (`OTHERWISE` in meaning.js).
"use strict";
(() => {
  const VERBAL = "(e[sd]?|ers?|ing|ations?|able)$";
  /** Spellings on both sides of the Atlantic: what ends so, and the other way to write it. @type {[RegExp, string][]} */
  const RULES = [
    [RegExp(`is${VERBAL}`), "iz$1"],
    [RegExp(`iz${VERBAL}`), "is$1"],
    [/ys(e[sd]?|ers?|ing)$/, "yz$1"],
    [/yz(e[sd]?|ers?|ing)$/, "ys$1"],
    [/([a-z]{2})our(s|ed|ing|al|able)?$/, "$1or$2"],
    [/^(col|behavi|fav|flav|hon|hum|lab|neighb|rum|vap|harb|arm)or(s|ed|ing|al|able)?$/, "$1our$2"],
    [/([a-z]{2}[bt])re(s|d)?$/, "$1er$2"],
    [/^(cent|met|fib|theat)er(s|ed)?$/, "$1re$2"],
    [/ogue(s)?$/, "og$1"],
    [/([a-z]{3})log(s)?$/, "$1logue$2"],
  ];

  /**
   * The other spellings of a word on the other side of the Atlantic.
   * @param {string} word
   */
  const variants = (word) => RULES.filter(([pattern]) => pattern.test(word)).map(([pattern, other]) => word.replace(pattern, other));

  /**
   * For the parts of words with a hyphen, the word without it: 'fine-tuning' is also 'finetuning'.
   * @param {string} text
   */
  function joinedWords(text) {
    /** @type {Map<string, string[]>} */
    const joined = new Map();
    for (const [, first = "", second = ""] of text.toLowerCase().matchAll(/([\p{L}\p{N}]+)-([\p{L}\p{N}]+)/gu)) {
      for (const part of [first, second]) joined.set(part, [...(joined.get(part) ?? []), first + second]);
    }
    return joined;
  }

  Object.assign(daybook.search, { variants, joinedWords });
})();
