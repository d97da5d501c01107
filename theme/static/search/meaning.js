// What a person means by a query: plain words are helped, Lunr's operators are obeyed.
"use strict";
(() => {
  /** How many corrections of one word are tried at once. */
  const MOST_CORRECTIONS = 3;
  /** How many completions of the last word are tried at once. */
  const MOST_COMPLETIONS = 30;

  /**
   * Whether a query uses Lunr's own language: `+word`, `-word`, `wor*`, `word~1`, `word^2`, `field:word`.
   * A hyphen inside a word, a colon before a space and a plus after a word are plain text.
   * @param {string} text
   * @param {readonly string[]} fields
   */
  function hasOperators(text, fields) {
    const field = new RegExp(`(^|[\\s+-])(${fields.join("|")}):|(^|\\s)[+-]?[a-z]+:(?!//)[^\\s:]`, "u");
    return field.test(text) || /(^|\s)[+-][^\s+-]|[^\s*]\*(\s|$)|(^|\s)\*+[^\s*]|[^\s*]\*+[^\s*]|\w[~^]\d|(^|\s)\*+(\s|$)|\\/u.test(text);
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
    const { terms, papers } = await store.vocabulary();
    const close = daybook.search.resembles(term, most);
    const found = [];
    for (let i = 0; i < terms.length; i++) {
      const candidate = /** @type {string} */ (terms[i]);
      if (!close(candidate)) continue;
      const distance = editDistance(term, candidate, most) + (candidate[0] === term[0] ? 0 : 0.5);
      if (distance <= most) found.push({ term: candidate, distance, papers: papers[i] ?? 0 });
    }
    const nearest = Math.min(...found.map(({ distance }) => distance));
    return found.filter(({ distance }) => distance === nearest)
      .sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_CORRECTIONS)
      .map((candidate) => candidate.term);
  }

  /**
   * Terms that a word still being typed may become, the most frequent first.
   * @param {daybook.Store} store
   * @param {string} term
   */
  async function completions(store, term) {
    if (term.length < 2) return [];
    const { terms, papers } = await store.vocabulary();
    return terms.map((candidate, i) => ({ candidate, papers: papers[i] ?? 0 }))
      .filter(({ candidate }) => candidate.startsWith(term))
      .sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_COMPLETIONS)
      .map(({ candidate }) => candidate);
  }

  /** A query of plain words being made out. */
  class Meaning {
    /** @param {daybook.Store} store */
    constructor(store) {
      this.store = store;
      this.query = new lunr.Query(store.fields);
      /** @type {string[]} */
      this.notes = [];
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
      this.notes.push(others.length
        ? `No paper has ‘${word}’: searched for ${others.map((other) => `‘${other}’`).join(", ")}.`
        : `No paper has ‘${word}’.`);
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
    if (!meaning.query.clauses.length) return { ...nothing(store), notes: meaning.notes };
    return { ...(await daybook.search.run(store, meaning.query)), notes: meaning.notes };
  }

  Object.assign(daybook.search, { hasOperators, searchMeant });
})();
