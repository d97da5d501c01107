// What a person means by a query: plain words are helped, Lunr's operators are obeyed.
"use strict";
(() => {
  /** A query with more unknown words than this is not mistyped. */
  const MOST_CORRECTED = 10;
  /** How many words a note names. */
  const MOST_NAMED = 5;

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

  /** A query of plain words being made out. */
  class Meaning {
    /**
     * @param {daybook.Store} store
     * @param {Map<string, string[]>} acronyms
     */
    constructor(store, acronyms) {
      this.store = store;
      this.acronyms = acronyms;
      /** A group for each word: the terms that stand for it. @type {daybook.Group[]} */
      this.groups = [];
      /** Words no paper has, with those taken in their place. @type {[string, string[]][]} */
      this.corrected = [];
      /** Words no paper has, and no term resembles. @type {string[]} */
      this.unknown = [];
    }

    /**
     * @param {string} word
     * @param {string[]} others Other ways to write it.
     * @param {boolean} last Whether it may be unfinished.
     */
    async add(word, others, last) {
      if (isStopWord(word)) return;
      const terms = daybook.search.queryTerms(word);
      const alternatives = await this.known(others.flatMap(daybook.search.queryTerms));
      for (const term of terms) {
        const known = [...await this.known([term]), ...alternatives];
        if (known.length) this.want(known);
        else if (this.acronyms.has(term)) this.want([term]);
        else if (term) this.want(await this.replacements(term, word, last));
      }
    }

    /** @param {string[]} terms */
    want(terms) {
      if (terms.length) this.groups.push([...new Set(terms)].map((term) => ({ terms: [term], weight: 1 })));
    }

    /**
     * Let an acronym stand for its words, and words for their acronym, as the papers introduce them.
     * @param {string[]} asked The query's terms, in order.
     */
    addAcronyms(asked) {
      const run = ` ${asked.join(" ")} `;
      for (const [acronym, meanings] of this.acronyms) {
        for (const meaning of meanings) {
          const terms = meaning.split(" ");
          if (asked.includes(acronym)) this.extend([acronym], terms);
          else if (run.includes(` ${meaning} `)) this.extend(terms, [acronym]);
        }
      }
    }

    /**
     * Let terms that belong together count for any of the terms asked for.
     * @param {string[]} asked
     * @param {string[]} others
     */
    extend(asked, others) {
      for (const group of this.groups) {
        const first = group[0]?.terms[0] ?? "";
        if (asked.includes(first)) group.push({ terms: others, weight: 1 });
      }
    }

    /** Every term that counts. */
    terms() {
      return [...new Set(this.groups.flatMap((group) => group.flatMap(({ terms }) => terms)))];
    }

    /**
     * Those terms that the index has.
     * @param {string[]} terms
     */
    async known(terms) {
      const found = await Promise.all(terms.map((term) => this.store.term(term)));
      return terms.filter((_, i) => found[i]);
    }

    /**
     * What an unknown word probably means; what is no mere completion is noted.
     * @param {string} term
     * @param {string} word
     * @param {boolean} last
     */
    async replacements(term, word, last) {
      const completed = last ? await daybook.search.completions(this.store, term) : [];
      if (completed.length) return completed;
      const tried = this.corrected.length + this.unknown.length;
      const others = tried < MOST_CORRECTED ? await daybook.search.corrections(this.store, term, word) : [];
      if (others.length) this.corrected.push([word, others.map(({ written }) => written)]);
      else this.unknown.push(word);
      return others.map((other) => other.term);
    }

    /** What was understood otherwise than it was typed. */
    notes() {
      const quoted = (/** @type {string[]} */ words) =>
        words.slice(0, MOST_NAMED).map((word) => `‘${daybook.search.quotable(word, 40)}’`).join(", ");
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
    const meaning = new Meaning(store, await store.acronyms());
    const words = wordsOf(text);
    const joined = daybook.search.joinedWords(text);
    for (const [at, word] of words.entries()) {
      await meaning.add(word, [...daybook.search.variants(word), ...(joined.get(word) ?? [])], at === words.length - 1);
    }
    const asked = words.filter((word) => !isStopWord(word)).flatMap(daybook.search.queryTerms);
    meaning.addAcronyms(asked);
    const names = meaning.terms();
    const terms = new Map();
    await Promise.all(names.map(async (name) => terms.set(name, await store.term(name))));
    return {
      hits: daybook.search.rank(store.manifest, meaning.groups, terms),
      terms: Object.fromEntries(store.fields.map((field) => [field, new Set(names)])),
      notes: meaning.notes(),
    };
  }

  Object.assign(daybook.search, { hasOperators, searchMeant });
})();
