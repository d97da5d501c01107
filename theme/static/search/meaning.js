// What a person means by a query: plain words are helped, Lunr's operators are obeyed.
"use strict";
(() => {
  const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/gu;
  /** @type {daybook.Exactly} */
  const NOTHING_QUOTED = { phrases: [], exact: [], allowed: null, known: new Map() };

  /** What every arXiv id and DOI has, and little else. */
  const IDENTIFIER = /\d{4}\.\d{4}|\/\d{7}|10\.\d{4}/;

  /** What a text has if any of variants.js's rules says something of it, and seldom else. */
  const OTHERWISE = /-|\d|\b(zero|one|few|multi|self|semi|cross|fine|single)\w{4}|(([iy][sz](e|i|a)\w*|ou?r(s|ed|ing|al|able)?|[bt](er|re)[sd]?|en[cs]es?|og(ue)?s?)(?!\w))/i;

  /** Lunr's operators where they can mean nothing else. */
  const OPERATORS = new RegExp(
    [
      String.raw`(^|\s)[+-][^\s+-]`, // +word, -word
      String.raw`([\p{L}\p{N}]{2}|(^|\s)[\p{Ll}\p{N}])\*|\*[\p{L}\p{N}]|^\s*\*+\s*$`, // wor*, *ord, *, but no A*
      String.raw`[\p{L}\p{N}*][~^]\d`, // word~1, word^2
      String.raw`(^|\s)(?!arxiv:|doi:)[a-z]+:(?!//)[^\s:]`, // field:word, known or not, but no address
      String.raw`\\[:+~^*\\-]`,
    ].join("|"),
    "u",
  );

  /** What Lunr refuses wherever it stands, as titles have it: 'n^{2}', 'ReLU^2 Wins: ...'. */
  const REFUSED = /[~^](?!\d|\s|$)|[^\s\\]:(?=\s)/gu;

  /**
   * Whether a query uses Lunr's own language. A hyphen inside a word, a colon before a space and a
   * plus after a word are plain text, but a field's name with a colon is not.
   * @param {string} text
   * @param {readonly string[]} fields
   */
  function hasOperators(text, fields) {
    const named = new RegExp(`(^|[\\s+-])(${fields.join("|")}):`, "gu");
    return named.test(text) || (OPERATORS.test(text) && !text.replace(named, " ").match(REFUSED));
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
     * @param {boolean} otherwise Whether a word may be written in another way.
     */
    constructor(store, acronyms, typed, otherwise) {
      this.store = store;
      this.acronyms = typed ? new Map() : acronyms;
      this.typed = typed;
      this.otherwise = otherwise;
      /** A group for each word: the terms that stand for it. @type {daybook.Group[]} */
      this.groups = [];
      /** Words no paper has, with those taken in their place. @type {[string, string[]][]} */
      this.corrected = [];
      /** Words no paper has, and no term resembles. @type {string[]} */
      this.unknown = [];
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
      const { queryTerms } = daybook.search;
      const terms = queryTerms(word);
      const alternatives = this.typed ? [] : (await this.known(others.flatMap(queryTerms))).map((other) => [other]);
      for (const term of terms) {
        const known = await this.known([term]);
        const parted = known.length && this.otherwise ? await daybook.search.parted(this.store, term, word) : null;
        const ways = parted ? [...alternatives, parted.terms] : alternatives;
        this.note("spelling", word, ways.filter(([other]) => other !== term));
        if (known.length || ways.length) this.want([...known.map((one) => [one]), ...ways]);
        else if (this.acronyms.has(term)) this.want([[term]]);
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

    /** @param {string[][]} ways What counts for a word: terms, or several that belong together. */
    want(ways) {
      const once = new Map(ways.map((terms) => [terms.join(" "), terms]));
      if (ways.length) this.groups.push([...once.values()].map((terms) => ({ terms, weight: 1 })));
    }

    /**
     * What an unknown word probably means.
     * @param {string} term
     * @param {string} word
     * @param {boolean} last
     */
    async replacements(term, word, last) {
      await this.store.files.part("typing");
      return daybook.search.replacements(this, term, word, last);
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
  }

  /** @param {string} word With what stands around it: 'what,' is one. */
  function isStopWord(word) {
    const plain = daybook.search.plainWords(word);
    return plain.length > 0 && plain.every((one) => lunr.stopWordFilter(new lunr.Token(one, {})) === undefined);
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
    if (!IDENTIFIER.test(text)) return searchWords(store, text, wish);
    await store.files.part("identifiers");
    return daybook.search.searchIdentified(store, text, wish);
  }

  /**
   * The same, of what names no paper.
   * @param {daybook.Store} store
   * @param {string} text
   * @param {daybook.Wish} wish
   * @returns {Promise<daybook.Outcome>}
   */
  async function searchWords(store, text, wish) {
    const { queryTerms, rank, preferTitles } = daybook.search;
    const rest = text.replace(QUOTED, " ");
    const quoted = [...text.matchAll(QUOTED)].map(([, inside = ""]) => inside);
    if (quoted.length) await store.files.part("words");
    const { phrases, exact, allowed, known } = quoted.length ? await daybook.search.exactly(store, quoted) : NOTHING_QUOTED;
    if (hasOperators(rest, store.fields)) {
      const outcome = await searchLunr(store, rest);
      return { ...outcome, hits: allowed ? outcome.hits.filter(({ paper }) => allowed.has(paper)) : outcome.hits, phrases };
    }
    const words = wordsOf(rest);
    const asked = words.filter((word) => !isStopWord(word)).flatMap(queryTerms);
    const otherwise = !wish.typed && OTHERWISE.test(rest);
    const [acronyms] = await Promise.all([store.acronyms(asked), otherwise && store.files.part("words")]);
    const meaning = new Meaning(store, acronyms, wish.typed ?? false, otherwise);
    const joined = otherwise && daybook.search.joinedWords(rest);
    for (const [at, word] of words.entries()) {
      await meaning.add(word, joined ? [...daybook.search.variants(word), ...(joined.get(word) ?? [])] : [], at === words.length - 1);
      await store.pause();
    }
    if (meaning.acronyms.size) {
      await store.files.part("words");
      await daybook.search.addAcronyms(meaning, asked);
    }
    for (const term of exact) meaning.want([[term]]);
    const names = meaning.terms();
    const terms = new Map([...known, ...await store.terms(names)]);
    const mistaken = meaning.corrected.length + meaning.unknown.length;
    const { notes, instead } = mistaken ? daybook.search.understood(meaning, words) : { notes: [], instead: "" };
    if (!exact.length && !asked.length && (words.length || phrases.length)) notes.push("Words as common as these are in no index: they cannot be searched for alone.");
    const typed = wordsOf(instead || rest);
    const ranked = await rank(store, meaning.groups, terms);
    const hits = await preferTitles(store, ranked, typed, meaning.groups, terms);
    await store.pause();
    return {
      hits: allowed ? hits.filter(({ paper }) => allowed.has(paper)) : hits,
      terms: Object.fromEntries(store.fields.map((field) => [field, new Set(names)])),
      notes,
      added: meaning.added,
      instead,
      phrases,
    };
  }

  /**
   * Search exactly as `lunr.Index.load(whole).search(text)` does.
   * @param {daybook.Store} store
   * @param {string} text
   * @returns {Promise<daybook.Outcome>}
   */
  async function searchLunr(store, text) {
    daybook.search.checkLength(text);
    await store.files.part("lunr");
    return daybook.search.runLunr(store, text);
  }

  Object.assign(daybook.search, { hasOperators, wordsOf, isStopWord, searchMeant, searchWords, searchLunr });
})();
