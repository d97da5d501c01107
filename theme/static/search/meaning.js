// What a person means by a query: plain words are helped, Lunr's operators are obeyed.
"use strict";
(() => {
  /** A query with more unknown words than this is not mistyped. */
  const MOST_CORRECTED = 10;
  /** A stem that a word being typed has passed has at least so many letters. */
  const SHORTEST_PASSED = 4;
  /** How words go on after their stems. */
  const ENDINGS = ("s es ed er ers ing ings ion ions ioning able ability ably ible ibility al ally ality alities alize alization " +
    "ate ates ated ating ation ations ational ative ator ators ance ence ant ent ment ments ness ful fulness ous ously ousness " +
    "ive ives ively iveness ivity ic ical ically icate ism ist istic ity ities ize izes ized izer izing ization izations " +
    "ise ises ised iser ising isation isations ly y ies").split(" ");
  /** An acronym in more than one paper of so many is not spelt out. */
  const COMMON = 10;
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
     * @param {boolean} typed Whether nothing is to be added to what was typed.
     */
    constructor(store, acronyms, typed) {
      this.store = store;
      this.acronyms = typed ? new Map() : acronyms;
      this.typed = typed;
      /** A group for each word: the terms that stand for it. @type {daybook.Group[]} */
      this.groups = [];
      /** Words no paper has, with those taken in their place. @type {[string, string[]][]} */
      this.corrected = [];
      /** Words no paper has, and no term resembles. @type {string[]} */
      this.unknown = [];
      /** All words, where all are too common to be indexed. @type {string[]} */
      this.unasked = [];
      /** What stands in for what was typed, as terms. @type {daybook.Addition[]} */
      this.added = [];
    }

    /**
     * @param {string} word
     * @param {string[]} others Other ways to write it.
     * @param {boolean} last Whether it may be unfinished.
     */
    async add(word, others, last) {
      if (isStopWord(word)) return;
      const terms = daybook.search.queryTerms(word);
      const alternatives = this.typed ? [] : await this.known(others.flatMap(daybook.search.queryTerms));
      for (const term of terms) {
        const known = [...await this.known([term]), ...alternatives];
        this.note("spelling", word, alternatives.filter((other) => other !== term).map((other) => [other]));
        if (known.length) this.want(known);
        else if (this.acronyms.has(term)) this.want([term]);
        else if (term) this.want(await this.replacements(term, word, last));
      }
    }

    /**
     * Remember what was added for a word.
     * @param {daybook.Addition["kind"]} kind
     * @param {string} word
     * @param {string[][]} others Each one or several terms.
     */
    note(kind, word, others) {
      if (others.length) this.added.push({ kind, word, others });
    }

    /** @param {string[]} terms */
    want(terms) {
      if (terms.length) this.groups.push([...new Set(terms)].map((term) => ({ terms: [term], weight: 1 })));
    }

    /**
     * Let an acronym stand for its words, and words for their acronym, as the papers introduce them.
     * @param {string[]} asked The query's terms, in order.
     */
    async addAcronyms(asked) {
      const run = ` ${asked.join(" ")} `;
      for (const [acronym, meanings] of this.acronyms) {
        for (const meaning of meanings) {
          const terms = meaning.split(" ");
          if (asked.includes(acronym)) {
            if (await this.isCommon(acronym) || !this.extend([acronym], terms)) continue;
          } else if (!run.includes(` ${meaning} `) || !this.extend(terms, [acronym])) continue;
          const known = asked.includes(acronym);
          this.note("acronym", known ? acronym : meaning, [known ? terms : [acronym]]);
        }
      }
    }

    /**
     * Whether so many papers have a term that those which only say what it stands for matter little,
     * while the words of that would be among the largest postings to load.
     * @param {string} term
     */
    async isCommon(term) {
      const counts = (await this.store.term(term))?.fields.map((postings) => postings?.papers.length ?? 0) ?? [];
      return Math.max(0, ...counts) * COMMON > this.store.manifest.documents;
    }

    /**
     * Let terms that belong together count for any of the terms asked for; say whether they did not yet.
     * @param {string[]} asked
     * @param {string[]} others
     */
    extend(asked, others) {
      const added = this.groups.filter((group) => asked.includes(group[0]?.terms[0] ?? "") &&
        !group.some(({ terms }) => terms.join() === others.join()));
      for (const group of added) group.push({ terms: others, weight: 1 });
      return added.length > 0;
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
      const completed = last && !this.typed ? await this.unfinished(term, word) : [];
      this.note("completion", word, completed.map((other) => [other]));
      if (completed.length) return completed;
      const tried = this.corrected.length + this.unknown.length;
      const others = tried < MOST_CORRECTED ? await daybook.search.corrections(this.store, term, word) : [];
      if (others.length) this.corrected.push([word, others.map(({ written }) => written)]);
      else this.unknown.push(word);
      return this.typed ? [] : others.map((other) => other.term);
    }

    /**
     * The terms of a word that is still being typed. Stems are shorter than words: whoever types
     * 'fairn' on the way to 'fairness' has passed its stem 'fair' already.
     * @param {string} term
     * @param {string} word
     */
    async unfinished(term, word) {
      const completed = await daybook.search.completions(this.store, term);
      for (let length = word.length - 1; !completed.length && length >= SHORTEST_PASSED; length -= 1) {
        const rest = word.slice(length);
        if (ENDINGS.some((ending) => ending.startsWith(rest))) completed.push(...await this.known([word.slice(0, length)]));
      }
      return completed;
    }

    /** What was understood otherwise than it was typed. */
    notes() {
      const quoted = (/** @type {string[]} */ words) =>
        words.slice(0, MOST_NAMED).map((word) => `‘${daybook.search.quotable(word, 40)}’`).join(", ");
      const notes = this.corrected.slice(0, MOST_NAMED).map(([word, others]) =>
        this.typed ? `No paper has ${quoted([word])}.` : `No paper has ${quoted([word])}: searched for ${quoted(others)}.`);
      if (this.unknown.length) notes.push(`No paper has ${quoted(this.unknown)}.`);
      if (this.unasked.length) notes.push("Words that every paper has cannot be searched for alone.");
      return notes;
    }

    /**
     * The query with what no paper has put right, or nothing.
     * @param {string} text
     */
    instead(text) {
      if (!this.corrected.length) return "";
      const right = new Map(this.corrected.map(([word, [other = word]]) => [word, other]));
      return wordsOf(text).map((word) => right.get(word) ?? word).join(" ");
    }
  }

  /** @param {string} word */
  const isStopWord = (word) => lunr.stopWordFilter(new lunr.Token(word, {})) === undefined;

  /**
   * The papers that have all of some words in any form, wherever.
   * @param {daybook.Store} store
   * @param {string[]} terms
   * @param {Map<string, daybook.Term>} known
   * @returns {Promise<Set<number> | null>} Nothing where no words are given.
   */
  async function papersWith(store, terms, known) {
    /** @type {Set<number> | null} */
    let papers = null;
    for (const name of terms) {
      const term = await store.term(name);
      if (!term) return new Set();
      known.set(name, term);
      /** @type {Set<number>} */
      const having = new Set(term.fields.flatMap((postings) => [...(postings?.papers ?? [])]));
      papers = new Set([...(papers ?? having)].filter((paper) => having.has(paper)));
      await daybook.search.pause();
    }
    return papers;
  }

  /**
   * Search for what a person means. Quotes ask for exactly what stands between them: what may have it
   * is found here, `phrases` says what its card must say.
   * @param {daybook.Store} store
   * @param {string} text
   * @param {daybook.Wish} [wish]
   * @returns {Promise<daybook.Outcome>}
   */
  async function searchMeant(store, text, wish = {}) {
    daybook.search.checkLength(text);
    const { phrases, rest } = daybook.search.quotes(text);
    if (hasOperators(rest, store.fields)) return daybook.search.searchLunr(store, text);
    const words = wordsOf(rest);
    const asked = words.filter((word) => !isStopWord(word)).flatMap(daybook.search.queryTerms);
    const meaning = new Meaning(store, await store.acronyms(asked), wish.typed ?? false);
    const joined = daybook.search.joinedWords(rest);
    for (const [at, word] of words.entries()) {
      const others = [...daybook.search.variants(word), ...(joined.get(word) ?? [])];
      await meaning.add(word, others, at === words.length - 1);
      await daybook.search.pause();
    }
    await meaning.addAcronyms(asked);
    const exact = phrases.flatMap(wordsOf).filter((word) => !isStopWord(word)).flatMap(daybook.search.queryTerms);
    const terms = new Map();
    const allowed = phrases.length ? await papersWith(store, exact, terms) : null;
    for (const term of exact) meaning.want([term]);
    if (!exact.length && !asked.length) meaning.unasked = [...phrases, ...words];
    const names = meaning.terms();
    for (const [name, term] of await store.terms(names)) terms.set(name, term);
    const ranked = await daybook.search.rank(store.manifest, meaning.groups, terms);
    const typed = wordsOf(meaning.instead(rest) || rest).filter((word) => !isStopWord(word));
    const hits = await daybook.search.preferTitles(store, ranked, typed, meaning.groups, terms);
    await daybook.search.pause();
    return {
      hits: allowed ? hits.filter(({ paper }) => allowed.has(paper)) : hits,
      terms: Object.fromEntries(store.fields.map((field) => [field, new Set(names)])),
      notes: meaning.notes(),
      added: meaning.added,
      instead: meaning.instead(rest),
      phrases,
    };
  }

  Object.assign(daybook.search, { hasOperators, searchMeant });
})();
