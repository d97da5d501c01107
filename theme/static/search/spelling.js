// Other ways to write a word: across the Atlantic, without its hyphen, unfinished, or misspelt.
"use strict";
(() => {
  /** How many corrections of one word are tried at once. */
  const MOST_CORRECTIONS = 3;
  /** Shorter words have too many neighbours to guess which was meant. */
  const SHORTEST_CORRECTED = 5;
  const LONGEST_CORRECTED = 30;
  const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
  /** How many completions of the last word are tried at once. */
  const MOST_COMPLETIONS = 30;

  /**
   * The other spellings of a word on the other side of the Atlantic.
   * @param {string} word
   */
  function variants(word) {
    /** @type {[RegExp, string][]} */
    const rules = [
      [/is(e|es|ed|er|ers|ing|ation|ations|able)$/u, "iz$1"],
      [/iz(e|es|ed|er|ers|ing|ation|ations|able)$/u, "is$1"],
      [/ys(e|es|ed|er|ers|ing)$/u, "yz$1"],
      [/yz(e|es|ed|er|ers|ing)$/u, "ys$1"],
      [/([a-z]{2})our(s|ed|ing|al|able)?$/u, "$1or$2"],
      [/^(col|behavi|fav|flav|hon|hum|lab|neighb|rum|vap|harb|arm)or(s|ed|ing|al|able)?$/u, "$1our$2"],
      [/([a-z]{2}[bt])re(s|d)?$/u, "$1er$2"],
      [/^(cent|met|fib|theat)er(s|ed)?$/u, "$1re$2"],
      [/ogue(s)?$/u, "og$1"],
      [/([a-z]{3})log(s)?$/u, "$1logue$2"],
    ];
    return rules.filter(([pattern]) => pattern.test(word)).map(([pattern, other]) => word.replace(pattern, other));
  }

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

  /**
   * How many single-letter edits lead from one word to another, neighbours exchanged counting as one;
   * more than `most` is not counted further.
   * @param {string} a
   * @param {string} b
   * @param {number} most
   */
  function editDistance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    const width = b.length + 1;
    const costs = new Uint8Array((a.length + 1) * width);
    const at = (/** @type {number} */ i, /** @type {number} */ j) => /** @type {number} */ (costs[i * width + j]);
    for (let i = 0; i <= a.length; i++) {
      for (let j = 0; j < width; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = i && j ? Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same) : i + j;
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
        costs[i * width + j] = cost;
      }
    }
    return at(a.length, b.length);
  }

  /**
   * Everything one edit makes of a word; neighbours exchanged count as one.
   * @param {string} word
   */
  function* edits(word) {
    for (let i = 0; i <= word.length; i++) {
      const head = word.slice(0, i);
      const tail = word.slice(i);
      for (const letter of ALPHABET) {
        yield head + letter + tail;
        if (tail) yield head + letter + tail.slice(1);
      }
      if (tail) yield head + tail.slice(1);
      if (tail.length > 1) yield head + tail.charAt(1) + tail.charAt(0) + tail.slice(2);
    }
  }

  /** @param {string} word */
  const plainStem = (word) => [lunr.stemmer(new lunr.Token(word, {})).toString()];

  /**
   * Everything that one edit of a word makes, by its stem, each with a word that has the stem.
   *
   * The word is edited as well as its stem: 'alignmnet' is one edit from 'alignment', whose stem is 'align'.
   * @param {string} word
   */
  function editedStems(word) {
    /** @type {Map<string, string>} */
    const edited = new Map();
    // What is made of plain letters only needs the last step of the pipeline.
    const stems = /^[a-z]+$/u.test(word) ? plainStem : daybook.search.queryTerms;
    for (const other of edits(word)) {
      for (const stem of stems(other)) if (!edited.has(stem)) edited.set(stem, other);
    }
    return edited;
  }

  /**
   * Terms of the index that a word may be a misspelling of, the likeliest first: those one edit away, or
   * else those of two edits.
   *
   * Few mistake the first letters, so that words which begin with the same two are looked at first, and
   * then those that the first letter left out or exchanged with the second leads to.
   * @param {daybook.Store} store
   * @param {string} term
   * @param {string} word
   * @returns {Promise<daybook.Correction[]>}
   */
  async function corrections(store, term, word) {
    if (word.length < SHORTEST_CORRECTED || word.length > LONGEST_CORRECTED) return [];
    const edited = editedStems(word);
    const most = term.length < 8 ? 1 : 2;
    const close = term.length < SHORTEST_CORRECTED ? () => false : daybook.search.resembles(term, most);
    const distance = (/** @type {string} */ other) =>
      edited.has(other) ? 1 : close(other) ? editDistance(term, other, most) : Infinity;
    /** @type {daybook.Word[]} */
    let found = [];
    for (const beginnings of [[term.slice(0, 2)], new Set([term.charAt(0), term.charAt(1)])]) {
      const lists = await Promise.all(Array.from(beginnings, (beginning) => store.words(beginning)));
      await daybook.search.pause();
      let least = most;
      found = [];
      for (const other of lists.flat()) {
        const far = distance(other.term);
        if (far > least) continue;
        if (far < least) [least, found] = [far, []];
        found.push(other);
      }
      if (found.length && least < 2) break;
    }
    return found.sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_CORRECTIONS)
      .map((other) => ({ term: other.term, written: edited.get(other.term) ?? other.term }));
  }

  /**
   * Terms that a word still being typed may become, the most frequent first.
   * @param {daybook.Store} store
   * @param {string} term
   */
  async function completions(store, term) {
    if (term.length < 2) return [];
    return (await store.words(term))
      .sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_COMPLETIONS)
      .map((word) => word.term);
  }

  Object.assign(daybook.search, { variants, joinedWords, corrections, completions });
})();
