// Lunr's ranking, computed from counts: the same papers, order and scores to the last bit as
// lunr.js 2.3.9 gives for its whole index. Where sums are made in a certain order, that order is
// lunr's: terms as lunr numbers them, fields and papers as its maps were filled.
"use strict";
(() => {
  /** How many matches are added up between two looks at the clock. */
  const SOME = 4096;

  /**
   * A clause with the terms it stands for.
   * @typedef {{ presence: number, boost: number, fields: number[], terms: string[], missing: boolean }} Clause
   * `missing`: a required word that no term stands for.
   */

  /**
   * The weights of one term in one field, as lunr.Builder.createFieldVectors computes and rounds them.
   * @param {daybook.Postings} postings
   * @param {number} idf
   * @param {daybook.Manifest} manifest
   * @param {number} field
   */
  function weights(postings, idf, manifest, field) {
    const { k1, b, documents } = manifest;
    const { boost, length } = /** @type {daybook.FieldFigures} */ (manifest.fields[field]);
    const average = length / documents;
    const { times, lengths } = postings;
    const result = new Float64Array(times.length);
    for (let i = 0; i < result.length; i++) {
      const tf = /** @type {number} */ (times[i]);
      const size = /** @type {number} */ (lengths[i]);
      const score = idf * ((k1 + 1) * tf) / (k1 * (1 - b + b * (size / average)) + tf) * boost;
      result[i] = Math.round(score * 1000) / 1000;
    }
    return result;
  }

  /**
   * How rare a term is, as lunr.idf reckons: a paper counts once for every field that has the term.
   * @param {daybook.Term} term
   * @param {number} documents
   */
  function idf(term, documents) {
    const having = term.fields.reduce((sum, postings) => sum + (postings?.papers.length ?? 0), 0);
    return Math.log(1 + Math.abs((documents - having + 0.5) / (having + 0.5)));
  }

  /**
   * Whether each number is a paper's; the keeper may hide some.
   * @param {daybook.Manifest} manifest
   */
  function existing({ absent, size }) {
    const found = new Uint8Array(size).fill(1);
    const codes = new daybook.search.CodeReader(absent);
    for (let at = 0; codes.at < absent.length;) {
      const from = at + codes.next();
      at = from + codes.next();
      found.fill(0, from, at);
    }
    return found;
  }

  /** What a query asks of each paper, and which papers it allows. */
  class Evaluation {
    /**
     * @param {daybook.Store} store
     * @param {Map<string, daybook.Term>} terms Everything the clauses name.
     */
    constructor(store, terms) {
      const { manifest } = store;
      this.manifest = manifest;
      this.pause = () => store.pause();
      this.terms = terms;
      const { size, fields } = manifest;
      /** For each field, the query's boosts by term, in the order asked. @type {Map<string, number>[]} */
      this.asked = fields.map(() => new Map());
      /** Matches as paper * fields + field, in the order lunr meets them. @type {number[]} */
      this.matches = [];
      this.met = new Uint8Array(size * fields.length);
      /** How many required clauses each paper satisfies. */
      this.satisfied = new Uint32Array(size);
      this.required = 0;
      this.prohibited = new Uint8Array(size);
    }

    /** @param {Clause} clause */
    async add(clause) {
      const { REQUIRED, PROHIBITED } = lunr.Query.presence;
      const required = clause.presence === REQUIRED;
      const before = this.required;
      if (required) this.required++;
      for (const name of clause.terms) {
        const term = /** @type {daybook.Term} */ (this.terms.get(name));
        for (const field of clause.fields) {
          const papers = term.fields[field]?.papers ?? [];
          if (required) {
            for (const paper of papers) {
              if (this.satisfied[paper] === before) this.satisfied[paper] = before + 1;
            }
          }
          if (clause.presence === PROHIBITED) for (const paper of papers) this.prohibited[paper] = 1;
          else this.ask(name, field, clause.boost, papers);
        }
        await this.pause();
      }
    }

    /**
     * @param {string} name
     * @param {number} field
     * @param {number} boost
     * @param {Iterable<number>} papers
     */
    ask(name, field, boost, papers) {
      const asked = /** @type {Map<string, number>} */ (this.asked[field]);
      const before = asked.get(name);
      asked.set(name, before === undefined ? boost : before + boost);
      if (before !== undefined) return;
      const fields = this.asked.length;
      for (const paper of papers) {
        const match = paper * fields + field;
        if (this.met[match]) continue;
        this.met[match] = 1;
        this.matches.push(match);
      }
    }

    /** The similarity of every paper's field to the query, a field at a time. */
    async similarities() {
      const { documents, size } = this.manifest;
      const all = [];
      for (const [field, asked] of this.asked.entries()) {
        const dots = new Float64Array(size);
        let squares = 0;
        for (const [name, boost] of this.inOrder(asked)) {
          squares += boost * boost;
          const term = /** @type {daybook.Term} */ (this.terms.get(name));
          const postings = term.fields[field];
          if (!postings) continue;
          const weight = weights(postings, idf(term, documents), this.manifest, field);
          const { papers } = postings;
          for (let i = 0; i < papers.length; i++) {
            const paper = /** @type {number} */ (papers[i]);
            dots[paper] = /** @type {number} */ (dots[paper]) + boost * /** @type {number} */ (weight[i]);
          }
          await this.pause();
        }
        const magnitude = Math.sqrt(squares);
        all.push(dots.map((dot) => dot / magnitude || 0));
      }
      return all;
    }

    /**
     * Terms as lunr numbers them: by the first paper that has them, then by their place in it.
     * @param {Map<string, number>} asked
     */
    inOrder(asked) {
      const place = (/** @type {string} */ name) => /** @type {daybook.Term} */ (this.terms.get(name));
      return [...asked].sort(([a], [b]) => place(a).first - place(b).first || place(a).rank - place(b).rank);
    }

    /** @param {number} paper */
    allows(paper) {
      return this.satisfied[paper] === this.required && !this.prohibited[paper];
    }

    /** @returns {Promise<daybook.Hit[]>} Best first. */
    async hits() {
      const fields = this.asked.length;
      const similarities = await this.similarities();
      /** @type {daybook.Hit[]} */
      const hits = [];
      /** @type {daybook.Hit[]} */
      const byPaper = new Array(this.manifest.size);
      for (const [i, match] of this.matches.entries()) {
        if (i % SOME === 0) await this.pause();
        const paper = Math.floor(match / fields);
        if (!this.allows(paper)) continue;
        const score = /** @type {number} */ (similarities[match % fields]?.[paper]);
        const hit = byPaper[paper];
        if (hit) hit.score += score;
        else hits.push((byPaper[paper] = { paper, score }));
      }
      return daybook.search.sorted(hits, (a, b) => b.score - a.score, this.pause);
    }
  }

  /**
   * @param {daybook.Store} store
   * @param {Clause[]} clauses
   * @param {Map<string, daybook.Term>} terms
   * @returns {Promise<daybook.Hit[]>}
   */
  async function score(store, clauses, terms) {
    if (clauses.some((clause) => clause.missing)) return [];
    const evaluation = new Evaluation(store, terms);
    for (const clause of clauses) await evaluation.add(clause);
    if (clauses.some((clause) => clause.presence !== lunr.Query.presence.PROHIBITED)) return evaluation.hits();
    // A query of only negations is answered by every paper it does not name.
    return Array.from(existing(store.manifest), (exists, paper) => ({ paper, score: 0, exists }))
      .filter(({ paper, exists }) => exists && evaluation.allows(paper))
      .map(({ paper, score }) => ({ paper, score }));
  }

  Object.assign(daybook.search, { score, termWeights: weights, idf });
})();
