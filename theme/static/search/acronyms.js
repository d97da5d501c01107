// Acronyms, and what they stand for.
"use strict";
(() => {
  /** An acronym in more than one paper of so many is not spelt out. */
  const COMMON = 10;

  /**
   * Whether so many papers have a term that those which only say what it stands for matter little,
   * while the words of that would be among the largest postings to load.
   * @param {daybook.Store} store
   * @param {string} term
   */
  async function isCommon(store, term) {
    const counts = (await store.term(term))?.fields.map((postings) => postings?.papers.length ?? 0) ?? [];
    return Math.max(0, ...counts) * COMMON > store.manifest.documents;
  }

  /**
   * Let terms that belong together count for any of the terms asked for; say whether they did not yet.
   * @param {daybook.Meaning} meaning
   * @param {string[]} asked
   * @param {string[]} others
   */
  function extend({ groups }, asked, others) {
    const added = groups.filter((group) => asked.includes(group[0]?.terms[0] ?? "") &&
      !group.some(({ terms }) => terms.join() === others.join()));
    for (const group of added) group.push({ terms: others, weight: 1 });
    return added.length > 0;
  }

  /**
   * Let an acronym stand for its words, and words for their acronym, as the papers introduce them.
   * @param {daybook.Meaning} meaning
   * @param {string[]} asked The query's terms, in order.
   */
  async function addAcronyms(meaning, asked) {
    const run = ` ${asked.join(" ")} `;
    for (const [acronym, meanings] of meaning.acronyms) {
      const known = asked.includes(acronym);
      for (const text of meanings) {
        const terms = text.split(" ");
        if (known) {
          if (await isCommon(meaning.store, acronym) || !extend(meaning, [acronym], terms)) continue;
        } else if (!run.includes(` ${text} `) || !extend(meaning, terms, [acronym])) continue;
        meaning.note("acronym", known ? acronym : text, [known ? terms : [acronym]]);
      }
    }
  }

  Object.assign(daybook.search, { addAcronyms });
})();
