// The ranking of plain words: BM25F (S. Robertson, H. Zaragoza, 'The Probabilistic Relevance Framework:
// BM25 and Beyond', 2009, section 3.6), over the same counts that Lunr's ranking is computed from. A word
// and what may stand for it count as one: their frequencies add up before they saturate.
//
// Measured by bench/search.py against Lunr's own ranking of the same words: topical nDCG@10 0.864 (Lunr
// 0.814), synonyms 0.739 (0.607), paraphrases MRR@10 0.760 (0.483).
"use strict";
(() => {
  const K1 = 1.2;

  /** What a field counts, and how much its length tells. @type {Record<string, { weight: number, b: number }>} */
  const FIELDS = {
    title: { weight: 3, b: 0.5 },
    abstract: { weight: 1, b: 0.75 },
    author: { weight: 1, b: 0.5 },
    topic: { weight: 0.3, b: 0.5 },
  };
  const OTHER = { weight: 1, b: 0.75 };

  /** Scores are told apart to this part of a unit. */
  const FINE = 2 ** 22;

  /**
   * Add up how often each paper has a term, in any field, long fields counting less.
   * @param {daybook.Manifest} manifest
   * @param {daybook.Term | undefined} term
   * @param {number} share What the term counts.
   * @param {Float64Array} sum
   */
  function addFrequencies(manifest, term, share, sum) {
    term?.fields.forEach((postings, at) => {
      if (!postings) return;
      const { name, length } = /** @type {daybook.FieldFigures} */ (manifest.fields[at]);
      const { weight, b } = FIELDS[name] ?? OTHER;
      const each = b * manifest.documents / length;
      const { papers, times, lengths } = postings;
      for (let i = 0; i < papers.length; i++) {
        const frequency = /** @type {number} */ (times[i]) / (1 - b + each * /** @type {number} */ (lengths[i]));
        /** @type {number} */ (sum[/** @type {number} */ (papers[i])] += share * weight * frequency);
      }
    });
    return sum;
  }

  /**
   * How often each paper has a word, in any of its forms. Of several terms that belong together the
   * one it has least counts.
   * @param {daybook.Manifest} manifest
   * @param {daybook.Group} group
   * @param {Map<string, daybook.Term>} known
   */
  function groupFrequencies(manifest, group, known) {
    const sum = new Float64Array(manifest.size);
    for (const { terms, weight } of group) {
      const [first = sum, ...rest] = terms.map((term) =>
        addFrequencies(manifest, known.get(term), weight, terms.length > 1 ? new Float64Array(sum.length) : sum));
      if (first === sum) continue;
      for (let paper = 0; paper < sum.length; paper++) {
        let least = /** @type {number} */ (first[paper]);
        for (const other of rest) least = Math.min(least, /** @type {number} */ (other[paper]));
        /** @type {number} */ (sum[paper] += least);
      }
    }
    return sum;
  }

  /**
   * @param {daybook.Store} store
   * @param {daybook.Group[]} groups
   * @param {Map<string, daybook.Term>} terms Everything the groups name.
   * @returns {Promise<daybook.Hit[]>} Best first; among equals the one numbered first.
   */
  async function rank(store, groups, terms) {
    const { manifest } = store;
    const { documents, size } = manifest;
    const scores = new Float64Array(size);
    for (const group of groups) {
      const found = groupFrequencies(manifest, group, terms);
      let having = 0;
      for (let paper = 0; paper < size; paper++) if (/** @type {number} */ (found[paper]) > 0) having++;
      const worth = (K1 + 1) * Math.log(1 + (documents - having + 0.5) / (having + 0.5));
      for (let paper = 0; paper < size; paper++) {
        const frequency = /** @type {number} */ (found[paper]);
        if (frequency > 0) /** @type {number} */ (scores[paper] += worth * frequency / (K1 + frequency));
      }
      await store.pause();
    }
    // Numbers sort many times faster than objects: a score and, below it, the paper's place from the end.
    const keys = new Float64Array(size);
    let count = 0;
    for (let paper = 0; paper < size; paper++) {
      const score = /** @type {number} */ (scores[paper]);
      if (score > 0) keys[count++] = Math.round(score * FINE) * size + size - 1 - paper;
    }
    return Array.from(keys.subarray(0, count).sort().reverse(), (key) =>
      ({ paper: size - 1 - key % size, score: Math.floor(key / size) / FINE }));
  }

  Object.assign(daybook.search, { rank });
})();
