// From the words of a query to scored papers: Lunr's query language over the sharded index.
"use strict";
(() => {
  /** A query longer than this is not run. */
  const LONGEST_QUERY = 1000;
  /** A query that stands for more terms than this is not run. */
  const MOST_TERMS = 30_000;

  const WORDS = {
    FIELD: "a field",
    TERM: "a word",
    EDIT_DISTANCE: "‘~’",
    BOOST: "‘^’",
    PRESENCE: "‘+’ or ‘-’",
  };

  /**
   * What was typed, to be quoted in a sentence: cut off, and without marks that turn the text around.
   * @param {string} text
   * @param {number} length
   */
  function quotable(text, length) {
    const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
    return plain.length > length ? `${plain.slice(0, length)}…` : plain;
  }

  /**
   * Say in words what lunr's parser found wrong.
   * @param {any} error
   * @param {string} text
   * @param {readonly string[]} fields
   */
  function explained(error, text, fields) {
    const { SearchError } = daybook.search;
    const part = text.slice(error.start, error.end).trim();
    /** @type {[RegExp, (found: string) => string][]} */
    const cases = [
      [/^unrecognised field '(.*?)', possible/su, (name) =>
        `There is no field ‘${quotable(name, 40)}’. The fields are ${fields.join(", ")}; for a plain colon write ‘\\:’.`],
      [/^edit distance must be numeric/u, () => "After ‘~’ a number is needed, as in word~1."],
      [/^boost must be numeric/u, () => "After ‘^’ a whole number is needed, as in word^2."],
      [/^expecting term or field, found nothing/u, () => `After ‘${quotable(part, 40)}’ a word is needed.`],
      [/^expecting term, found nothing/u, () => `After ‘${quotable(part, 40)}:’ a word is needed.`],
      [/found '?(FIELD|TERM|EDIT_DISTANCE|BOOST|PRESENCE)/u, (kind) =>
        `${WORDS[/** @type {keyof typeof WORDS} */ (kind)]} stands where a word is needed.`.replace(/^./u, (c) => c.toUpperCase())],
    ];
    for (const [pattern, say] of cases) {
      const found = pattern.exec(error.message);
      if (found) return new SearchError("query", say(found[1] ?? ""), error);
    }
    return new SearchError("query", "This query cannot be understood.", error);
  }

  /**
   * Read a query in Lunr's language.
   * @param {string} text
   * @param {string[]} fields
   * @returns {lunr.Query}
   */
  function parse(text, fields) {
    const query = new lunr.Query(fields);
    try {
      new /** @type {any} */ (lunr).QueryParser(text, query).parse();
    } catch (error) {
      throw explained(error, text, fields);
    }
    return query;
  }

  /**
   * The terms that one word of a clause stands for, in lunr's order.
   * @param {daybook.Store} store
   * @param {string} word
   * @param {number | undefined} distance
   */
  async function expansion(store, word, distance) {
    const { expand } = daybook.search;
    if (distance === undefined && !word.includes("*")) return (await store.term(word)) ? [word] : [];
    const prefix = distance === undefined ? word.slice(0, word.indexOf("*")) : "";
    const candidates = (await store.words(prefix)).map(({ term }) => term);
    return expand(candidates, word, distance, MOST_TERMS);
  }

  /**
   * @param {daybook.Store} store
   * @param {lunr.Query.Clause & { presence: number }} clause
   * @returns {Promise<daybook.Clause>}
   */
  async function expanded(store, clause) {
    const words = clause.usePipeline ? daybook.search.queryTerms(clause.term) : [clause.term];
    const lists = [];
    for (const word of words) lists.push(await expansion(store, word, clause.editDistance));
    return {
      presence: clause.presence,
      boost: clause.boost,
      fields: clause.fields.map((field) => store.fields.indexOf(field)),
      terms: lists.flat(),
      missing: clause.presence === lunr.Query.presence.REQUIRED && lists.some((list) => !list.length),
    };
  }

  /**
   * Which terms count for a query, field by field: what a result may be marked with.
   * @param {daybook.Clause[]} clauses
   * @param {readonly string[]} fields
   */
  function sought(clauses, fields) {
    /** @type {Record<string, Set<string>>} */
    const terms = Object.fromEntries(fields.map((field) => [field, new Set()]));
    for (const clause of clauses) {
      if (clause.presence === lunr.Query.presence.PROHIBITED) continue;
      for (const field of clause.fields) {
        for (const term of clause.terms) terms[/** @type {string} */ (fields[field])]?.add(term);
      }
    }
    return terms;
  }

  /**
   * Run a query that has been read.
   * @param {daybook.Store} store
   * @param {lunr.Query} query
   * @returns {Promise<daybook.Outcome>}
   */
  async function run(store, query) {
    const clauses = await Promise.all(query.clauses.map((clause) => expanded(store, /** @type {any} */ (clause))));
    const names = new Set(clauses.flatMap((clause) => clause.terms));
    const terms = await store.terms([...names]);
    return {
      hits: await daybook.search.score(store.manifest, clauses, terms),
      terms: sought(clauses, store.fields),
      notes: [],
    };
  }

  /**
   * Cut off what is too long to be a query.
   * @param {string} text
   */
  function checkLength(text) {
    if (text.length <= LONGEST_QUERY) return;
    throw new daybook.search.SearchError(
      "too-long",
      `This query has ${text.length.toLocaleString("en")} characters; at most ${LONGEST_QUERY.toLocaleString("en")} are searched for.`,
    );
  }

  /**
   * Search exactly as `lunr.Index.load(whole).search(text)` does.
   * @param {daybook.Store} store
   * @param {string} text
   */
  async function searchLunr(store, text) {
    checkLength(text);
    return run(store, parse(text, store.fields));
  }

  Object.assign(daybook.search, { quotable, run, parse, checkLength, searchLunr });
})();
