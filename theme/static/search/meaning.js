// What a person means by a query: plain words are helped, Lunr's operators are obeyed.
"use strict";
(() => {
  /** How many corrections of one word are tried at once. */
  const MOST_CORRECTIONS = 3;
  /** How many words a note names. */
  const MOST_NAMED = 5;
  /** How many completions of the last word are tried at once. */
  const MOST_COMPLETIONS = 30;

  /** Lunr's operators where they can mean nothing else. */
  const OPERATORS = new RegExp(
    [
      String.raw`(^|\s)[+-][^\s+-]`, // +word, -word
      String.raw`[\p{L}\p{N}]\*|\*[\p{L}\p{N}]|^\s*\*+\s*$`, // wor*, *ord, *
      String.raw`[\p{L}\p{N}*][~^]\d`, // word~1, word^2
      String.raw`(^|\s)[a-z]+:(?!//)[^\s:]`, // field:word, known or not, but no address
      String.raw`\\[:+~^*\\-]`,
    ].join("|"),
    "u",
  );

  /**
   * Whether a query uses Lunr's own language. A hyphen inside a word, a colon before a space and a
   * plus after a word are plain text, but a field's name with a colon is not.
   * @param {string} text
   * @param {readonly string[]} fields
   */
  function hasOperators(text, fields) {
    return OPERATORS.test(text) || new RegExp(`(^|[\\s+-])(${fields.join("|")}):`, "u").test(text);
  }

  /**
   * The words of plain text, as lunr's tokenizer cuts it.
   * @param {string} text
   */
  const wordsOf = (text) => lunr.tokenizer(text).map((token) => token.toString());

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
   * How many single-letter edits lead from one word to another, neighbours exchanged counting as one;
   * more than `most` is not counted further.
   * @param {string} a
   * @param {string} b
   * @param {number} most
   */
  function editDistance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    /** @type {number[][]} */
    const rows = [Array.from({ length: b.length + 1 }, (_, i) => i)];
    const at = (/** @type {number} */ i, /** @type {number} */ j) => rows[i]?.[j] ?? Infinity;
    for (let i = 1; i <= a.length; i++) {
      rows.push([i]);
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
        rows[i]?.push(cost);
      }
    }
    return at(a.length, b.length);
  }

  /**
   * Terms of the vocabulary that a word unknown to it may be a misspelling of, the likeliest first.
   * @param {daybook.Store} store
   * @param {string} term
   */
  async function corrections(store, term) {
    const most = term.length < 4 ? 0 : term.length < 8 ? 1 : 2;
    if (!most) return [];
    // Few mistake the first letter; only when nothing else is near is every word looked at.
    const near = await nearest(store, term, most, term.charAt(0));
    return near.length ? near : nearest(store, term, most, "");
  }

  /**
   * @param {daybook.Store} store
   * @param {string} term
   * @param {number} most
   * @param {string} prefix
   */
  async function nearest(store, term, most, prefix) {
    const close = daybook.search.resembles(term, most);
    const found = (await store.words(prefix)).filter((word) => close(word.term))
      .map((word) => ({ ...word, distance: editDistance(term, word.term, most) }));
    const least = Math.min(most, ...found.map(({ distance }) => distance));
    return found.filter(({ distance }) => distance === least)
      .sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_CORRECTIONS)
      .map((word) => word.term);
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

  /** A query of plain words being made out. */
  class Meaning {
    /** @param {daybook.Store} store */
    constructor(store) {
      this.store = store;
      this.query = new lunr.Query(store.fields);
      /** Words no paper has, with the terms taken in their place. @type {[string, string[]][]} */
      this.corrected = [];
      /** Words no paper has, and no term resembles. @type {string[]} */
      this.unknown = [];
    }

    /**
     * @param {string} term One that the index has.
     * @param {number} boost
     */
    want(term, boost = 1) {
      this.query.term(term, { usePipeline: false, boost });
    }

    /**
     * @param {string} word
     * @param {boolean} last Whether it may be unfinished.
     */
    async add(word, last) {
      for (const term of daybook.search.queryTerms(word)) {
        if (await this.store.term(term)) this.want(term);
        else if (term && !isStopWord(word)) await this.replace(term, word, last);
      }
      for (const variant of variants(word)) {
        for (const term of daybook.search.queryTerms(variant)) if (await this.store.term(term)) this.want(term);
      }
    }

    /**
     * Put in what an unknown word probably means, and say so.
     * @param {string} term
     * @param {string} word
     * @param {boolean} last
     */
    async replace(term, word, last) {
      const completed = last ? await completions(this.store, term) : [];
      const others = completed.length ? completed : await corrections(this.store, term);
      for (const other of others) this.want(other, 1 / others.length);
      if (completed.length) return;
      if (others.length) this.corrected.push([word, others]);
      else this.unknown.push(word);
    }

    /** What was understood otherwise than it was typed. */
    notes() {
      const quoted = (/** @type {string[]} */ words) =>
        words.slice(0, MOST_NAMED).map((word) => `‘${word.slice(0, 40)}’`).join(", ");
      const notes = this.corrected.slice(0, MOST_NAMED)
        .map(([word, others]) => `No paper has ${quoted([word])}: searched for ${quoted(others)}.`);
      if (this.unknown.length) notes.push(`No paper has ${quoted(this.unknown)}.`);
      return notes;
    }
  }

  /** @param {string} word */
  const isStopWord = (word) => lunr.stopWordFilter(new lunr.Token(word, {})) === undefined;

  /**
   * Search for exactly the quoted words: all of them, nothing added.
   * @param {daybook.Store} store
   * @param {string} text
   */
  async function searchQuoted(store, text) {
    const query = new lunr.Query(store.fields);
    for (const word of wordsOf(text)) {
      if (!isStopWord(word)) query.term(word, { presence: lunr.Query.presence.REQUIRED });
    }
    return query.clauses.length ? daybook.search.run(store, query) : nothing(store);
  }

  /**
   * @param {daybook.Store} store
   * @returns {daybook.Outcome}
   */
  const nothing = (store) => ({
    hits: [],
    terms: Object.fromEntries(store.fields.map((field) => [field, new Set()])),
    notes: [],
  });

  /**
   * Search for what a person means.
   * @param {daybook.Store} store
   * @param {string} text
   * @returns {Promise<daybook.Outcome>}
   */
  async function searchMeant(store, text) {
    daybook.search.checkLength(text);
    if (hasOperators(text, store.fields)) return daybook.search.searchLunr(store, text);
    const quoted = /^\s*["“](.+)["”]\s*$/su.exec(text);
    if (quoted) return searchQuoted(store, quoted[1] ?? "");
    const meaning = new Meaning(store);
    const words = wordsOf(text);
    for (const [at, word] of words.entries()) await meaning.add(word, at === words.length - 1);
    const found = meaning.query.clauses.length ? await daybook.search.run(store, meaning.query) : nothing(store);
    return { ...found, notes: meaning.notes() };
  }

  Object.assign(daybook.search, { hasOperators, searchMeant });
})();
