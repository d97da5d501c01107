// The results of one search as a reader wishes them, page by page: filtered, sorted and counted by facts.js.
"use strict";
(() => {
  /** @param {daybook.Wish} wish */
  const filters = ({ topic, author, from, to, digest, code }) => Boolean(topic || author || from || to || digest || code);

  /** An answer, of which more is found out as it is asked for. */
  class Results {
    /**
     * @param {daybook.Store} store
     * @param {daybook.Outcome} outcome
     * @param {daybook.Wish} wish
     */
    constructor(store, { hits, terms, notes, added = [], instead = "", phrases = [] }, wish) {
      Object.assign(this, { terms, notes, added, instead });
      this.store = store;
      this.wish = wish;
      this.phrases = phrases;
      /** Before filters. */
      this.found = hits;
      /** After filters, not all of them checked. @type {daybook.Hit[]} */
      this.candidates = hits;
      this.checked = 0;
      /** Best first: those that are results for certain. @type {daybook.Hit[]} */
      this.hits = phrases.length ? [] : hits;
      /** @type {ReadonlySet<number> | null} */
      this.authors = null;
    }

    /** Whether `total` is all there are. */
    get complete() {
      return !this.phrases.length || this.checked >= this.candidates.length;
    }

    get total() {
      return this.hits.length;
    }

    /**
     * The cards of the results from one place up to another.
     * @param {number} from
     * @param {number} to
     */
    async cards(from, to) {
      while (!this.complete && this.hits.length <= to) await daybook.search.checkSome(/** @type {any} */ (this));
      return Promise.all(this.hits.slice(from, to).map((hit) => this.store.card(hit.paper)));
    }

    /** How many results each topic, digest and year has. */
    async counts() {
      await this.store.files.part("facts");
      return daybook.search.counts(/** @type {any} */ (this));
    }
  }

  Object.assign(daybook.search, { Results, filters });
})();
