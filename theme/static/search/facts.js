// What results are filtered and sorted by: the reader of plugins/daybook/search/facts.py.
"use strict";
(() => {
  /** As a number of topics: there is no such paper. */
  const NOBODY = 31;
  /** How many candidates are looked at to count; above, counts are 'at least'. */
  const MOST_CHECKED = 600;

  /**
   * A date as a number in the order of dates; what is not given is the first there can be, or the last.
   * @param {string} text `2024`, `2024-06` or `2024-06-28`.
   * @param {boolean} [last]
   */
  function dateNumber(text, last = false) {
    const [, year, month, day] = /^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$/.exec(text.trim()) ?? [];
    if (!year) return undefined;
    return (Number(year) * 13 + Number(month ?? (last ? 12 : 0))) * 32 + Number(day ?? (last ? 31 : 0));
  }

  /** Every paper's date, topics, digests and code, by its number. */
  class Facts {
    constructor() {
      /** 0 where unknown. @type {number[]} */
      this.dates = [];
      /** @type {boolean[]} */
      this.code = [];
      /** Slugs. @type {string[][]} */
      this.topics = [];
      /** @type {string[][]} */
      this.digests = [];
      /** What topics and digests are called. @type {Map<string, string>} */
      this.names = new Map();
    }

    /**
     * Load the facts of all papers.
     * @param {daybook.Store} store
     */
    static async load(store) {
      const { names, size } = (await store.files.load("side")).facts;
      const facts = new Facts();
      const blocks = (names.match(/.{10}/g) ?? []).map((/** @type {string} */ name) => store.files.load(`facts/${name}`));
      for (const [at, block] of (await Promise.all(blocks)).entries()) {
        // A block ends with its last paper: numbers that are gone may follow.
        facts.dates.length = at * size;
        facts.add(block);
        await daybook.search.pause();
      }
      daybook.search.must(facts.dates.length === store.manifest.size);
      return facts;
    }

    /** @param {{ topics: [string, string][], digests: [string, string][], codes: string }} block */
    add({ topics, digests, codes }) {
      for (const [slug, name] of [...topics, ...digests]) this.names.set(slug, name);
      const code = new daybook.search.CodeReader(codes);
      const several = (/** @type {number} */ count, /** @type {[string, string][]} */ list) =>
        Array.from({ length: count }, () => list[code.next()]?.[0] ?? "");
      let last = 0;
      /** @type {string[]} */
      let carried = [];
      while (code.at < codes.length) {
        const head = code.next();
        if (head >> 2 === NOBODY) {
          this.code[this.dates.push(0) - 1] = false;
          continue;
        }
        const gap = code.next();
        const date = gap ? last + (gap & 1 ? gap >> 1 : -(gap >> 1)) : 0;
        last = date || last;
        const paper = this.dates.push(date) - 1;
        this.code[paper] = (head & 1) === 1;
        this.topics[paper] = several(head >> 2, topics);
        if (!(head & 2)) carried = several(code.next(), digests);
        this.digests[paper] = carried;
      }
    }

    /**
     * A test for what a reader wishes; `but` is left out.
     * @param {daybook.Wish} wish
     * @param {ReadonlySet<number> | null} authors The papers of the author wished for.
     * @param {string} [but]
     * @returns {(hit: daybook.Hit) => boolean}
     */
    test(wish, authors, but = "") {
      const { topic, digest, code } = /** @type {daybook.Wish} */ ({ ...wish, [but]: undefined });
      const from = but === "year" ? undefined : dateNumber(wish.from ?? "");
      const to = but === "year" ? undefined : dateNumber(wish.to ?? "", true);
      return ({ paper }) => {
        const date = this.dates[paper] ?? 0;
        return (!topic || (this.topics[paper]?.includes(topic) ?? false)) &&
          (!digest || (this.digests[paper]?.includes(digest) ?? false)) &&
          (!code || this.code[paper] === true) &&
          (from === undefined || (date > 0 && date >= from)) &&
          (to === undefined || (date > 0 && date <= to)) &&
          (!authors || authors.has(paper));
      };
    }

    /**
     * How many of some papers each topic, digest and year has.
     * @param {daybook.Hit[]} hits
     * @param {daybook.Wish} wish
     * @param {ReadonlySet<number> | null} authors
     * @returns {daybook.Counts}
     */
    count(hits, wish, authors) {
      const tally = (/** @type {string} */ but, /** @type {(paper: number) => string[]} */ values) => {
        /** @type {Map<string, number>} */
        const counts = new Map();
        for (const hit of hits.filter(this.test(wish, authors, but))) {
          for (const value of values(hit.paper)) counts.set(value, (counts.get(value) ?? 0) + 1);
        }
        return [...counts].map(([value, count]) => ({ value, count, name: this.names.get(value) ?? value }));
      };
      return {
        topic: tally("topic", (paper) => this.topics[paper] ?? []).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1)),
        digest: tally("digest", (paper) => this.digests[paper] ?? []).sort((a, b) => (a.value < b.value ? 1 : -1)),
        year: tally("year", (paper) => (this.dates[paper] ? [String(Math.floor((this.dates[paper] ?? 0) / 416))] : []))
          .sort((a, b) => (a.value < b.value ? 1 : -1)),
        code: hits.filter(this.test(wish, authors, "code")).filter(({ paper }) => this.code[paper]).length,
      };
    }

    /**
     * Newest first, as the site's own lists are: what is known less exactly after what is dated.
     * @param {daybook.Hit[]} hits
     */
    newestFirst(hits) {
      const last = this.dates.length - 1;
      const byPaper = new Map(hits.map((hit) => [hit.paper, hit]));
      // Numbers sort many times faster than objects: a date and, below it, the paper's place from the end.
      const keys = Float64Array.from(hits, ({ paper }) => (this.dates[paper] ?? 0) * (last + 1) + last - paper).sort().reverse();
      return Array.from(keys, (key) => /** @type {daybook.Hit} */ (byPaper.get(last - key % (last + 1))));
    }

    /** Every paper there is. */
    everything() {
      return this.dates.flatMap((_, paper) => (this.digests[paper] ? [{ paper, score: 0 }] : []));
    }
  }

  /**
   * The facts of an archive, loaded once.
   * @param {daybook.Store} store
   * @returns {Promise<Facts>}
   */
  const factsOf = (store) => daybook.search.once(store.made, "facts", () => daybook.search.reading(() => Facts.load(store)).catch((error) => {
    // What is of another day than the manifest is loaded anew with it.
    store.files.failed = true;
    throw error;
  }));

  /**
   * Filter and sort results.
   * @param {daybook.OwnAnswer} results
   */
  async function arrange(results) {
    const { wish, store } = results;
    const [facts] = await Promise.all([factsOf(store), wish.author && store.files.part("typing")]);
    if (wish.author) results.authors = new Set((await daybook.search.author(store, wish.author))?.papers ?? []);
    const kept = results.found.filter(facts.test(wish, results.authors));
    results.candidates = wish.sort === "date" ? facts.newestFirst(kept) : kept;
    if (!results.phrases.length) results.hits = results.candidates;
  }

  /**
   * How many results each topic, digest and year has.
   * @param {daybook.OwnAnswer} results
   */
  async function counts(results) {
    while (!results.complete && results.checked < MOST_CHECKED) await daybook.search.checkSome(results);
    return (await factsOf(results.store)).count(results.phrases.length ? results.hits : results.found, results.wish, results.authors);
  }

  Object.assign(daybook.search, { factsOf, arrange, counts });
})();
