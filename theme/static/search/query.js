// From the words of a query to scored papers: Lunr's query language over the sharded index.
"use strict";
(() => {
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
   * Say in words what lunr's parser found wrong.
   * @param {any} error
   * @param {string} text
   * @param {readonly string[]} fields
   */
  function explained(error, text, fields) {
    const { SearchError, quotable } = daybook.search;
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
    if (distance === undefined && !word.includes("*")) return (await store.term(word)) ? [word] : [];
    await store.files.part("typing");
    const prefix = distance === undefined ? word.slice(0, word.indexOf("*")) : "";
    const candidates = (await daybook.search.vocabulary(store, prefix)).map(({ term }) => term);
    return daybook.search.expand(candidates, word, distance, MOST_TERMS, () => store.pause());
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
   * Run a query in Lunr's language.
   * @param {daybook.Store} store
   * @param {string} text
   * @returns {Promise<daybook.Outcome>}
   */
  async function runLunr(store, text) {
    const query = parse(text, store.fields);
    const clauses = await Promise.all(query.clauses.map((clause) => expanded(store, /** @type {any} */ (clause))));
    const names = new Set(clauses.flatMap((clause) => clause.terms));
    const terms = await store.terms([...names]);
    return {
      hits: await daybook.search.score(store, clauses, terms),
      terms: sought(clauses, store.fields),
      notes: [],
    };
  }

  Object.assign(daybook.search, { runLunr });
})();
