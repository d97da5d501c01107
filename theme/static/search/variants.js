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
    [/^(def|off|lic|pret)ence(s)?$/, "$1ense$2"],
    [/^(def|off|lic|pret)ense(s)?$/, "$1ence$2"],
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

  /** What many write with a hyphen or without one. */
  const PREFIX = /^(zero|one|few|multi|self|semi|cross|fine|single)(?=[a-z]{4})/;
  /** Where letters end and figures begin, or the other way round. */
  const FIGURES = /^[a-z]{2,}(?=\d)/;
  const SHORTEST_PART = 4;
  const LONGEST = 30;
  /** One in so many papers has a word that may be written otherwise as well; so many times fewer must have its parts together. */
  const RARE = 200;
  const TOGETHER = 10_000;

  /**
   * The two words that one is written as elsewhere, with a hyphen or a space: 'zeroshot' is 'zero-shot', 'gpt4' 'gpt-4'.
   * Where papers have the word itself, only where few have it and it begins as such words do.
   * @param {daybook.Store} store
   * @param {string} term
   * @param {string} word
   * @returns {Promise<{ words: string[], terms: string[] } | null>}
   */
  async function parted(store, term, word) {
    const { plainWords, queryTerms, isStopWord, papersWith } = daybook.search;
    const [whole = ""] = plainWords(word);
    const { documents } = store.manifest;
    const having = Math.max(0, ...(await store.term(term))?.fields.map((postings) => postings?.papers.length ?? 0) ?? []);
    if (whole.length > LONGEST || having * RARE > documents) return null;
    const begin = [PREFIX, FIGURES].flatMap((pattern) => whole.match(pattern)?.[0].length ?? []);
    const anywhere = having ? 0 : whole.length - 2 * SHORTEST_PART + 1;
    const places = new Set([...begin, ...Array.from({ length: Math.max(0, anywhere) }, (_, at) => at + SHORTEST_PART)]);
    let best = null, most = documents / TOGETHER;
    for (const place of places) {
      const words = [whole.slice(0, place), whole.slice(place)];
      const terms = words.flatMap(queryTerms);
      if (terms.length !== 2 || words.some(isStopWord)) continue;
      const both = await papersWith(store, terms, new Map());
      if (both && both.size > most) [best, most] = [{ words, terms }, both.size];
    }
    return best;
  }

  Object.assign(daybook.search, { variants, joinedWords, parted });
})();
