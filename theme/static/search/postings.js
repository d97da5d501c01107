// The index as its files hold it: which papers have a term, how often, in how long a field.
"use strict";
(() => {
  const VERSION = 1;
  const NAME_LENGTH = 10;
  const SUFFIX_LENGTH = 4;

  /**
   * @param {daybook.CodeReader} codes
   * @returns {daybook.Postings}
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
   * @param {daybook.RangeFile} shard
   * @param {number} fields How many the index has.
   * @returns {Map<string, daybook.Term>}
   */
  function readShard(shard, fields) {
    const codes = new daybook.search.CodeReader(shard.codes);
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

  /**
   * Files in the order of their terms, each loaded and read when first needed.
   * @template Value
   */
  class Ranges {
    /**
     * @param {daybook.Files} files
     * @param {string} folder
     * @param {daybook.Table} table
     * @param {(value: any) => Value} read
     */
    constructor(files, folder, { firsts, names }, read) {
      this.firsts = firsts ? firsts.split(" ") : [];
      /** @param {number} at */
      const load = (at) => files.load(`${folder}/${names.slice(at * NAME_LENGTH, (at + 1) * NAME_LENGTH)}`).then(read);
      this.load = remembered(load);
    }

    /**
     * The file that would have a term.
     * @param {string} term
     * @returns {Promise<Value> | undefined}
     */
    holding(term) {
      const at = lastUpTo(this.firsts, term);
      return at < 0 ? undefined : this.load(at);
    }

    /**
     * The files that may have terms with a beginning; all with none.
     * @param {string} prefix
     * @returns {Promise<Value[]>}
     */
    startingWith(prefix) {
      const from = Math.max(0, lastUpTo(this.firsts, prefix));
      const to = prefix ? lastUpTo(this.firsts, `${prefix}\uffff`) : this.firsts.length - 1;
      const places = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
      return Promise.all(places.map((at) => this.load(at)));
    }
  }

  /**
   * A loader that loads everything once, and what failed again.
   * @template Value
   * @param {(at: number) => Promise<Value>} load
   * @returns {(at: number) => Promise<Value>}
   */
  function remembered(load) {
    /** @type {Map<number, Promise<Value>>} */
    const loaded = new Map();
    return (at) => {
      let value = loaded.get(at);
      if (!value) {
        value = load(at);
        loaded.set(at, value);
        value.catch(() => loaded.delete(at));
      }
      return value;
    };
  }

  /**
   * @param {daybook.RangeFile} list
   * @returns {daybook.Word[]}
   */
  function readWords(list) {
    const codes = new daybook.search.CodeReader(list.codes);
    return list.terms.split(" ").map((term) => ({ term, papers: codes.next() }));
  }

  /** The index of one archive, loading its files when they are asked for. */
  class Store {
    /**
     * @param {daybook.Files} files
     * @param {daybook.Manifest} manifest
     */
    constructor(files, manifest) {
      this.files = files;
      this.manifest = manifest;
      this.fields = manifest.fields.map((field) => field.name);
      this.shards = new Ranges(files, "terms", manifest.terms, (value) => readShard(value, this.fields.length));
      this.lists = new Ranges(files, "words", manifest.words, readWords);
      const { names } = manifest.cards;
      this.block = remembered((at) =>
        files.load(`cards/${at}-${names.slice(at * SUFFIX_LENGTH, (at + 1) * SUFFIX_LENGTH)}`));
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
     * What the index has for one term.
     * @param {string} term
     * @returns {Promise<daybook.Term | undefined>}
     */
    async term(term) {
      return term ? (await this.shards.holding(term))?.get(term) : undefined;
    }

    /**
     * The terms with a beginning, in order, and how many postings each has; all with none.
     * @param {string} prefix
     * @returns {Promise<daybook.Word[]>}
     */
    async words(prefix) {
      const words = (await this.lists.startingWith(prefix)).flat();
      return prefix ? words.filter(({ term }) => term.startsWith(prefix)) : words;
    }

    /**
     * What acronyms stand for, by their term: runs of terms, the commonest meaning first.
     * @returns {Promise<Map<string, string[]>>}
     */
    async acronyms() {
      return new Map(Object.entries(await this.files.load(`acronyms/${this.manifest.acronyms}`)));
    }

    /**
     * The result card of a paper.
     * @param {number} paper
     * @returns {Promise<daybook.Card>}
     */
    async card(paper) {
      const { size } = this.manifest.cards;
      const card = (await this.block(Math.floor(paper / size)))[paper % size];
      if (!card) throw new daybook.search.SearchError("damaged", "A result could not be read.");
      return card;
    }
  }

  Object.assign(daybook.search, { Store });
})();
