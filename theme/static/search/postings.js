// The index as its files hold it: which papers have a term, how often, in how long a field.
"use strict";
(() => {
  const VERSION = 1;
  const NAME_LENGTH = 10;

  /**
   * Everything a shard says of one term.
   * @typedef {{ rank: number, first: number, fields: (Postings | null)[] }} Term
   * @typedef {{ papers: Int32Array, times: Int32Array, lengths: Int32Array }} Postings
   */

  /**
   * @param {daybook.CodeReader} codes
   * @returns {Postings}
   */
  function readPostings(codes) {
    const count = codes.next();
    const papers = new Int32Array(count);
    const times = new Int32Array(count);
    const lengths = new Int32Array(count);
    for (let i = 0, paper = -1; i < count; i++) {
      const head = codes.next();
      paper += head >> 1;
      papers[i] = paper;
      times[i] = head & 1 ? codes.next() : 1;
      lengths[i] = codes.next();
    }
    return { papers, times, lengths };
  }

  /**
   * @param {{ terms: string, postings: string }} shard
   * @param {number} fields How many the index has.
   * @returns {Map<string, Term>}
   */
  function readShard(shard, fields) {
    const codes = new daybook.search.CodeReader(shard.postings);
    const terms = new Map();
    for (const term of shard.terms.split(" ")) {
      const rank = codes.next();
      const mask = codes.next();
      const postings = [];
      let first = Infinity;
      for (let field = 0; field < fields; field++) {
        const present = mask >> field & 1 ? readPostings(codes) : null;
        if (present) first = Math.min(first, present.papers[0] ?? first);
        postings.push(present);
      }
      terms.set(term, { rank, first, fields: postings });
    }
    return terms;
  }

  /**
   * The place of the last element that is not greater than `value`, or -1.
   * @param {readonly string[]} sorted
   * @param {string} value
   */
  function lastUpTo(sorted, value) {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (/** @type {string} */ (sorted[middle]) <= value) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** The index of one archive, loading its shards when they are asked for. */
  class Store {
    /**
     * @param {daybook.Files} files
     * @param {daybook.Manifest} manifest
     */
    constructor(files, manifest) {
      this.files = files;
      this.manifest = manifest;
      this.fields = manifest.fields.map((field) => field.name);
      this.firsts = manifest.firsts ? manifest.firsts.split(" ") : [];
      /** @type {Map<number, Promise<Map<string, Term>>>} */
      this.shards = new Map();
      /** @type {Promise<{ terms: string[], papers: number[] }> | null} */
      this.words = null;
      /** @type {Map<number, Promise<daybook.Card[]>>} */
      this.blocks = new Map();
    }

    /** @param {daybook.Files} files */
    static async open(files) {
      const manifest = await files.load("manifest");
      if (manifest.version !== VERSION) {
        throw new daybook.search.SearchError(
          "version",
          "The search index was made by another version of this page. Reload the page.",
        );
      }
      return new Store(files, manifest);
    }

    /**
     * @param {"shards" | "cards"} kind
     * @param {number} at
     */
    name(kind, at) {
      const folder = kind === "shards" ? "terms" : "cards";
      return `${folder}/${this.manifest[kind].slice(at * NAME_LENGTH, (at + 1) * NAME_LENGTH)}`;
    }

    /** @param {number} at */
    shard(at) {
      let shard = this.shards.get(at);
      if (!shard) {
        shard = this.files.load(this.name("shards", at)).then((value) => readShard(value, this.fields.length));
        this.shards.set(at, shard);
        shard.catch(() => this.shards.delete(at));
      }
      return shard;
    }

    /**
     * What the index has for one term.
     * @param {string} term
     * @returns {Promise<Term | undefined>}
     */
    async term(term) {
      const at = term ? lastUpTo(this.firsts, term) : -1;
      return at < 0 ? undefined : (await this.shard(at)).get(term);
    }

    /**
     * The terms that begin with some letters, in order.
     * @param {string} prefix
     */
    async termsFrom(prefix) {
      const from = Math.max(0, lastUpTo(this.firsts, prefix));
      const to = lastUpTo(this.firsts, prefix + "\uffff");
      const places = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      const shards = await Promise.all(places.map((at) => this.shard(at)));
      return shards.flatMap((shard) => [...shard.keys()].filter((term) => term.startsWith(prefix)));
    }

    /** All terms in order, and how many postings each has. */
    vocabulary() {
      this.words ??= this.files.load(`vocabulary/${this.manifest.vocabulary}`).then((value) => {
        const codes = new daybook.search.CodeReader(value.papers);
        const terms = value.terms ? value.terms.split(" ") : [];
        return { terms, papers: terms.map(() => codes.next()) };
      });
      this.words.catch(() => (this.words = null));
      return this.words;
    }

    /**
     * The result card of a paper.
     * @param {number} paper
     * @returns {Promise<daybook.Card>}
     */
    async card(paper) {
      const { cardSize } = this.manifest;
      const at = Math.floor(paper / cardSize);
      let block = this.blocks.get(at);
      if (!block) {
        block = /** @type {Promise<daybook.Card[]>} */ (this.files.load(this.name("cards", at)));
        this.blocks.set(at, block);
        block.catch(() => this.blocks.delete(at));
      }
      const card = (await block)[paper % cardSize];
      if (!card) throw new daybook.search.SearchError("damaged", "A result could not be read.");
      return card;
    }
  }

  Object.assign(daybook.search, { Store });
})();
