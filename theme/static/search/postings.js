// The index as its files hold it: which papers have a term, how often, in how long a field.
"use strict";
(() => {
  const { CodeReader, SearchError, must, reading } = daybook.search;
  const NAME_LENGTH = 10;
  const GROUP_NAME_LENGTH = 6;
  /** Frequencies from this on stand in a column of their own. */
  const OFTEN = 4;
  /** How many terms are kept as they were joined of their segments, */
  const MOST_KNOWN = 500;
  /** and how many are looked up in one turn. */
  const TOGETHER = 500;

  /**
   * A column of gaps and small frequencies, one of higher frequencies, two of lengths.
   * @param {daybook.CodeReader} codes
   * @param {number} from The first paper of the segment.
   * @returns {daybook.Postings}
   */
  function readPostings(codes, from) {
    const counted = codes.next();
    const count = counted >> 1;
    const papers = new Int32Array(count);
    const times = new Int32Array(count);
    const lengths = new Int32Array(count);
    for (let i = 0, paper = from - 1; i < count; i++) {
      const head = codes.next();
      paper += Math.floor(head / OFTEN) + 1;
      papers[i] = paper;
      times[i] = head % OFTEN + 1;
    }
    for (let i = 0; i < count; i++) if (times[i] === OFTEN) times[i] = codes.next();
    for (let i = 0; i < count; i++) lengths[i] = codes.next();
    if (counted & 1) for (let i = 0; i < count; i++) /** @type {number} */ (lengths[i] += 64 * codes.next());
    return { papers, times, lengths };
  }

  /**
   * @param {daybook.RangeFile} shard
   * @param {number} fields How many the index has.
   * @param {number} from The first paper of the segment.
   * @returns {Map<string, daybook.Term>}
   */
  function readShard(shard, fields, from) {
    const codes = new CodeReader(shard.codes);
    const terms = new Map();
    for (const term of shard.terms.split(" ")) {
      const rank = codes.next();
      const mask = codes.next();
      const postings = [];
      let first = Infinity;
      for (let field = 0; field < fields; field++) {
        const present = mask >> field & 1 ? readPostings(codes, from) : null;
        if (present) first = Math.min(first, present.papers[0] ?? first);
        postings.push(present);
      }
      terms.set(term, { rank, first, fields: postings });
    }
    codes.end();
    return terms;
  }

  /**
   * What several segments have for a term, the older first.
   * @param {(daybook.Term | undefined)[]} parts
   * @returns {daybook.Term | undefined}
   */
  function joinedTerm(parts) {
    const found = parts.filter((part) => part !== undefined);
    const [first, ...rest] = found;
    if (!first || !rest.length) return first;
    const fields = first.fields.map((_, field) => joinedPostings(found.flatMap((part) => part.fields[field] ?? [])));
    return { rank: first.rank, first: first.first, fields };
  }

  /**
   * @param {daybook.Postings[]} parts
   * @returns {daybook.Postings | null}
   */
  function joinedPostings(parts) {
    if (parts.length < 2) return parts[0] ?? null;
    const column = (/** @type {keyof daybook.Postings} */ name) => {
      const all = new Int32Array(parts.reduce((sum, part) => sum + part[name].length, 0));
      let at = 0;
      for (const part of parts) {
        all.set(part[name], at);
        at += part[name].length;
      }
      return all;
    };
    return { papers: column("papers"), times: column("times"), lengths: column("lengths") };
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
      must(names.length === NAME_LENGTH * this.firsts.length);
      /** @param {number} at @returns {Promise<Value>} */
      this.load = (at) => files.load(`${folder}/${names.slice(at * NAME_LENGTH, (at + 1) * NAME_LENGTH)}`, read);
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
  }

  /**
   * Files whose names are in a directory of several pages.
   * @template Value
   */
  class Directory {
    /**
     * @param {daybook.Files} files
     * @param {string} folder
     * @param {daybook.Table} table Where the pages are.
     * @param {(value: any) => Value} read
     */
    constructor(files, folder, table, read) {
      this.pages = new Ranges(files, "pages", table, (page) => {
        must(page.firsts);
        return new Ranges(files, folder, page, read);
      });
    }

    /**
     * The file that would have a term.
     * @param {string} term
     */
    async holding(term) {
      return (await this.pages.holding(term))?.holding(term);
    }
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
      this.segments = manifest.segments.map(({ from, terms }) =>
        new Directory(files, "terms", terms, (value) => readShard(value, this.fields.length, from)));
      /** @type {Map<string, daybook.Term>} */
      this.known = new Map();
      /** What parts of this program made of the index. @type {Map<string, Promise<any>>} */
      this.made = new Map();
      /** @type {daybook.Turn | undefined} */
      this.turn = undefined;
      this.introduced = new Ranges(files, "acronyms", manifest.acronyms, (entries) => new Map(entries));
      // Who counts with what is no number finds nothing, and fails nowhere.
      must(manifest.size >= manifest.documents && manifest.fields.every(({ length }) => length >= 0) && !manifest.segments[0] === !manifest.documents);
    }

    /**
     * The same index for one question, which may be broken off.
     * @param {daybook.Turn} turn
     * @returns {Store}
     */
    during(turn) {
      return Object.assign(Object.create(this), { turn });
    }

    /** Let others have their turn. Throws where nobody waits for the answer any more. */
    async pause() {
      await daybook.search.pause();
      const { turn } = this;
      if (turn?.over && performance.now() - turn.begun > daybook.search.PATIENCE) {
        throw new SearchError("interrupted", "");
      }
    }

    /** @param {daybook.Files} files */
    static async open(files) {
      return files.load("manifest", (manifest) => new Store(files, manifest));
    }

    /**
     * What the index has for one term. What was asked for last is kept, as its segments are joined.
     * @param {string} term
     * @returns {Promise<daybook.Term | undefined>}
     */
    async term(term) {
      if (!term) return undefined;
      const kept = this.known.get(term);
      if (kept) return kept;
      const found = joinedTerm(await Promise.all(this.segments.map(async (terms) => (await terms.holding(term))?.get(term))));
      if (this.known.size >= MOST_KNOWN) this.known.clear();
      if (found) this.known.set(term, found);
      return found;
    }

    /**
     * What the index has for several terms, by name.
     * @param {readonly string[]} names
     */
    async terms(names) {
      /** @type {Map<string, daybook.Term>} */
      const terms = new Map();
      for (let from = 0; from < names.length; from += TOGETHER) {
        await Promise.all(names.slice(from, from + TOGETHER).map(async (name) => {
          const term = await this.term(name);
          if (term) terms.set(name, term);
        }));
        await this.pause();
      }
      return terms;
    }

    /**
     * The acronyms that terms are, or whose meanings begin with them, and what these stand for: runs
     * of terms, the commonest meaning first.
     * @param {string[]} terms
     * @returns {Promise<Map<string, string[]>>}
     */
    async acronyms(terms) {
      const files = await Promise.all(terms.map((term) => this.introduced.holding(term)));
      /** @type {Map<string, Set<string>>} */
      const found = new Map();
      for (const [at, term] of terms.entries()) {
        for (const [acronym, meaning] of files[at]?.get(term) ?? []) {
          found.set(acronym, (found.get(acronym) ?? new Set()).add(meaning));
        }
      }
      return new Map(Array.from(found, ([acronym, meanings]) => /** @type {[string, string[]]} */ ([acronym, [...meanings]]))
        .sort(([a], [b]) => (a < b ? -1 : 1)));
    }

    /**
     * The result card of a paper.
     * @param {number} paper
     * @returns {Promise<daybook.Card>}
     */
    async card(paper) {
      const { block, group, names } = this.manifest.cards;
      const at = Math.floor(paper / group);
      const name = names.slice(at * GROUP_NAME_LENGTH, (at + 1) * GROUP_NAME_LENGTH);
      const cards = await this.files.load(`cards/${at}-${name}/${Math.floor(paper % group / block)}`);
      return reading(() => {
        const card = cards[paper % group % block];
        must(card.url);
        return card;
      });
    }
  }

  Object.assign(daybook.search, { Store, Ranges, Directory, lastUpTo });
})();
