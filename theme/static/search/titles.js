// Of the first results, those whose titles say the words as they were typed come before those that
// only have their stems: 'models' before 'model', 'graph networks' before 'networks of graphs'. So do
// those with an author of all these names before those by several who have one each.
//
// The index knows stems alone, but the cards of the first page are loaded anyway. Measured at 20,000
// papers: 3 or 4 words of a title find it with MRR@10 0.982 (700 titles; MiniSearch 0.977), mistyped
// 0.968 (0.964); judged topical queries nDCG@10 0.873 (0.865 without), synonyms 0.820 (0.811).
"use strict";
(() => {
  /** The first results are compared, */
  const FIRST = 10;
  /** and of those up to a place as many whose titles have every word in some form. */
  const NEXT = 200;
  /** What all the words are worth, as a share of the score, and what their order is. */
  const WORDS = 0.8;
  const ORDER = 0.4;
  /** What an author is worth who has them all, and of how many words a name is at most. */
  const NAME = 1.2;
  const LONGEST_NAME = 4;

  /**
   * @param {string[]} title
   * @param {string[]} asked
   */
  function bonus(title, asked) {
    const found = asked.filter((word) => title.includes(word)).length;
    let at = -1;
    const inOrder = asked.every((word) => (at = title.indexOf(word, at + 1)) >= 0);
    return WORDS * (found / asked.length) ** 4 + (inOrder ? ORDER : 0);
  }

  /**
   * The papers that have all words in one field, in some form.
   * @param {number} field
   * @param {daybook.Group[]} groups
   * @param {Map<string, daybook.Term>} terms
   */
  function saidBy(field, groups, terms) {
    /** @type {Set<number> | null} */
    let papers = null;
    for (const group of groups) {
      /** @type {Set<number>} */
      const having = new Set();
      for (const { terms: [term = "", ...more] } of group) {
        if (!more.length) for (const paper of terms.get(term)?.fields[field]?.papers ?? []) if (papers?.has(paper) ?? true) having.add(paper);
      }
      papers = having;
    }
    return papers ?? new Set();
  }

  /**
   * Rank the first hits by their titles and authors too, and with them the next ones whose titles, or authors, have every word.
   * @param {daybook.Store} store
   * @param {daybook.Hit[]} hits Best first.
   * @param {string[]} words As typed, or as they were put right.
   * @param {daybook.Group[]} groups
   * @param {Map<string, daybook.Term>} terms
   */
  async function preferTitles(store, hits, words, groups, terms) {
    const { plainWords, isStopWord } = daybook.search;
    const all = words.flatMap(plainWords);
    const asked = all.filter((word) => !isStopWord(word));
    if (all.length < 2 || !asked.length) return hits;
    const [titled, named] = ["title", "author"].map((field) => saidBy(store.fields.indexOf(field), groups, terms));
    const isName = all.length <= LONGEST_NAME && named?.size;
    if (asked.length < 2 && !isName) return hits;
    const first = hits.slice(0, FIRST);
    for (const some of isName ? [titled, named] : [titled]) {
      first.push(...hits.slice(FIRST, NEXT).filter((hit) => some?.has(hit.paper) && !first.includes(hit)).slice(0, FIRST));
    }
    const better = await Promise.all(first.map(async ({ paper, score }) => {
      const { title, authors = [] } = await store.card(paper);
      const isBy = isName && authors.map(plainWords).some((name) => all.every((word) => name.includes(word)));
      return { paper, score: score * (1 + (asked.length < 2 ? 0 : bonus(plainWords(title), asked)) + (isBy ? NAME : 0)) };
    }));
    better.sort((a, b) => b.score - a.score || a.paper - b.paper);
    const seen = new Set(better.map(({ paper }) => paper));
    return [...better, ...hits.slice(FIRST).filter(({ paper }) => !seen.has(paper))];
  }

  Object.assign(daybook.search, { preferTitles });
})();
