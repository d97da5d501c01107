// The results of one search as a reader wishes them: filtered, sorted, counted, page by page.
"use strict";
(() => {
  /** How many candidates are looked at together when only their cards can decide. */
  const BATCH = 24;
  /** How many candidates are looked at to count; above, counts are 'at least'. */
  const MOST_CHECKED = 600;

  /** @param {daybook.Wish} wish */
  const filters = ({ topic, author, from, to, digest, code }) => Boolean(topic || author || from || to || digest || code);

  /**
   * What there is where no words are asked for: every paper, if it is filtered or sorted.
   * @param {daybook.Store} store
   * @param {daybook.Wish} wish
   * @returns {Promise<daybook.Outcome>}
   */
  async function everything(store, wish) {
    const hits = filters(wish) || wish.sort ? (await daybook.search.factsOf(store)).everything() : [];
    return { hits, terms: {}, notes: [] };
  }

  /** An answer, of which more is found out as it is asked for. */
  class Results {
    /**
     * @param {daybook.Store} store
     * @param {daybook.Outcome} outcome
     * @param {daybook.Wish} wish
     */
    constructor(store, outcome, wish) {
      this.store = store;
      this.wish = wish;
      this.terms = outcome.terms;
      this.notes = outcome.notes;
      this.added = outcome.added ?? [];
      this.instead = outcome.instead ?? "";
      this.phrases = outcome.phrases ?? [];
      /** Before filters. */
      this.found = outcome.hits;
      /** After filters, not all of them checked. @type {daybook.Hit[]} */
      this.candidates = outcome.hits;
      this.checked = 0;
      /** Best first: those that are results for certain. @type {daybook.Hit[]} */
      this.hits = this.phrases.length ? [] : outcome.hits;
      /** @type {ReadonlySet<number> | null} */
      this.authors = null;
    }

    /**
     * @param {daybook.Store} store
     * @param {daybook.Outcome} outcome
     * @param {daybook.Wish} wish
     */
    static async of(store, outcome, wish) {
      const results = new Results(store, outcome, wish);
      if (filters(wish) || (wish.sort === "date" && outcome.hits.length)) await results.arrange();
      return results;
    }

    /** Filter and sort by the facts. */
    async arrange() {
      const { wish, store } = this;
      const [facts, author] = await Promise.all([daybook.search.factsOf(store), wish.author ? daybook.search.author(store, wish.author) : null]);
      if (wish.author) this.authors = new Set(author?.papers ?? []);
      const kept = this.found.filter(facts.test(wish, this.authors));
      this.candidates = wish.sort === "date" ? await facts.newestFirst(kept) : kept;
      if (!this.phrases.length) this.hits = this.candidates;
    }

    /** Whether `total` is all there are. */
    get complete() {
      return !this.phrases.length || this.checked >= this.candidates.length;
    }

    get total() {
      return this.hits.length;
    }

    /**
     * Look at candidates until so many are certain, or there are no more.
     * @param {number} wanted
     */
    async check(wanted) {
      while (!this.complete && this.hits.length < wanted) await this.checkSome();
    }

    /** Look at some more candidates. */
    async checkSome() {
      const from = this.checked;
      const batch = this.candidates.slice(from, from + BATCH);
      const cards = await Promise.all(batch.map((hit) => this.store.card(hit.paper)));
      if (this.checked !== from) return; // Somebody else was faster.
      this.checked += batch.length;
      this.hits.push(...batch.filter((_, i) => daybook.search.hasPhrases(/** @type {daybook.Card} */ (cards[i]), this.phrases)));
    }

    /**
     * The cards of the results from one place up to another.
     * @param {number} from
     * @param {number} to
     */
    async cards(from, to) {
      await this.check(to + 1);
      return Promise.all(this.hits.slice(from, to).map((hit) => this.store.card(hit.paper)));
    }

    /** How many results each topic, digest and year has. */
    async counts() {
      while (!this.complete && this.checked < MOST_CHECKED) await this.checkSome();
      const facts = await daybook.search.factsOf(this.store);
      return facts.count(this.phrases.length ? this.hits : this.found, this.wish, this.authors);
    }
  }

  Object.assign(daybook.search, { Results, filters, everything });
})();
