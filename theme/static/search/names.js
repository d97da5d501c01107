// Authors, topics and titles by how they begin: the reader of plugins/daybook/search/names.py.
"use strict";
(() => {
  const SHORTEST = 2;
  /** How many files of names one beginning may load; with more, the likeliest are written down. */
  const MOST_FILES = 2;
  const MOST_AUTHORS = 4;
  const MOST_TOPICS = 3;
  const MOST_TITLES = 4;
  /** From this number of their second paper on an author of two has no feed: `feeds_of_two` of catalogue/options.py. */
  const FEEDS_OF_TWO = 30000;

  /**
   * How names are compared: folded words, one after the other.
   * @param {string} text
   */
  const keyOf = (text) => daybook.search.plainWords(text).join("_");

  /**
   * @typedef {{ key: string, name: string, weight: number, slug: string | null, papers: number[] | null }} Row
   * `weight`: an author's papers, a title's number; `papers` only where a name stands under its first word.
   */

  /** @param {{ names: string, slugs: string, codes: string }} file @returns {Row[]} */
  function readPeople({ names, slugs, codes }) {
    const code = new daybook.search.CodeReader(codes);
    const odd = slugs.split(" ");
    const rows = names.split("\n").map((line) => {
      const [spelling = "", name = spelling] = line.split("\t");
      const words = daybook.search.plainWords(spelling);
      const place = code.next();
      const weight = code.next();
      const page = code.next();
      let paper = -1;
      const papers = place ? null : Array.from({ length: weight }, () => (paper += code.next()));
      const slug = page === 0 ? null : page === 1 ? keyOf(name).replaceAll("_", "-") : odd.shift() ?? null;
      return { key: [...words.slice(place), ...words.slice(0, place)].join("_"), name, weight, slug, papers };
    });
    code.end();
    return rows;
  }

  /** @param {{ names: string, codes: string }} file @returns {Row[]} */
  function readTitles({ names, codes }) {
    const code = new daybook.search.CodeReader(codes);
    const rows = names.split("\n").map((name) =>
      ({ key: keyOf(name).replace(/^(?:a|an|the)_/, ""), name, weight: code.next(), slug: null, papers: null }));
    code.end();
    return rows;
  }

  /**
   * Where an archive's names are.
   * @param {daybook.Store} store
   */
  const namesOf = ({ files, made }) => daybook.search.once(made, "names", () => daybook.search.reading(async () => {
    const { people, titles, topics } = await files.load("side");
    const tables = (/** @type {string} */ kind, /** @type {any} */ { all, likeliest }, /** @type {(file: any) => Row[]} */ read) => {
      const { Ranges } = daybook.search;
      return { all: new Ranges(files, kind, all, read), likeliest: new Ranges(files, kind, likeliest, (crowds) => crowds) };
    };
    return { topics, people: tables("people", people, readPeople), titles: tables("titles", titles, readTitles) };
  }));

  /**
   * The likeliest names with a beginning, each once.
   * @param {daybook.Store} store
   * @param {"people" | "titles"} kind
   * @param {string} key
   * @param {number} most
   * @returns {Promise<Row[]>}
   */
  async function beginning(store, kind, key, most) {
    const { all, likeliest } = (await namesOf(store))[kind];
    const { places } = daybook.search;
    const files = places(all, key);
    /** @type {Row[]} */
    let rows = [];
    if (files.length > MOST_FILES) {
      const [at] = places(likeliest, key);
      const crowds = at === undefined ? {} : await likeliest.load(at);
      rows = (Object.hasOwn(crowds, key) ? crowds[key] : [])
        .map((/** @type {[string, number, string | null]} */ [name, weight, slug]) => ({ key, name, weight, slug, papers: null }));
    }
    if (!rows.length) {
      const loaded = await Promise.all(files.slice(0, MOST_FILES + 1).map(all.load));
      rows = loaded.flat().filter((row) => row.key.startsWith(key)).sort((a, b) => b.weight - a.weight);
    }
    return [...new Map(rows.map((row) => [`${row.name}\n${row.slug ?? row.weight}`, row])).values()].slice(0, most);
  }

  /**
   * Topics with a word of their name that begins so.
   * @param {daybook.Store} store
   * @param {string} key
   */
  async function topics(store, key) {
    /** @type {{ topics: [string, number, string][] }} */
    const { topics } = await namesOf(store);
    return topics.filter(([name]) => `_${keyOf(name)}`.includes(`_${key}`)).slice(0, MOST_TOPICS);
  }

  /**
   * What a text being typed may become: authors, topics, papers.
   * @param {daybook.Store} store
   * @param {string} text
   * @param {"author"} [only]
   * @returns {Promise<daybook.Suggestion[]>}
   */
  async function suggest(store, text, only) {
    const key = keyOf(text.slice(0, 200));
    if (key.length < SHORTEST) return [];
    const people = (await beginning(store, "people", key, only ? 2 * MOST_AUTHORS : MOST_AUTHORS))
      .map(({ name, weight, slug }) => ({ kind: "author", name, count: weight, url: slug && `authors/${slug}.html` }));
    if (only) return people;
    const titles = (await beginning(store, "titles", key, MOST_TITLES))
      .map(({ name, weight }) => ({ kind: "paper", name, paper: weight }));
    const about = (await topics(store, key))
      .map(([name, count, slug]) => ({ kind: "topic", name, count, url: `topics/${slug}.html` }));
    return [...about, ...people, ...titles];
  }

  /**
   * The author of a name, however it is written, or undefined.
   * @param {daybook.Store} store
   * @param {string} name
   */
  async function author(store, name) {
    const key = keyOf(name);
    if (!key) return undefined;
    const { all } = (await namesOf(store)).people;
    const rows = /** @type {Row[]} */ ((await Promise.all(daybook.search.places(all, key).slice(0, MOST_FILES).map(all.load))).flat());
    const found = rows.filter((row) => row.key === key && row.papers);
    return found.find((row) => row.name === name) ?? found[0];
  }

  /**
   * What has every paper of a search in time: the pages, and feeds, of its topic, its author, or what its words name.
   * @param {daybook.Store} store
   * @param {string} text
   * @param {daybook.Wish} wish
   * @returns {Promise<{ name: string, page: string, url?: string }[]>}
   */
  async function feeds(store, text, wish) {
    const key = keyOf(text.slice(0, 200));
    /** @type {{ topics: [string, number, string][] }} */
    const { topics } = await namesOf(store);
    const found = /** @type {{ name: string, page: string, url?: string }[]} */ (topics.filter(([name, , slug]) => slug === wish.topic || (key && key === keyOf(name)))
      .map(([name, , slug]) => ({ name, page: `topics/${slug}.html`, url: `feeds/topics/${slug}.atom.xml` })));
    for (const name of [wish.author ?? "", text.slice(0, 200)]) {
      const person = await author(store, name);
      if (!person?.slug) continue;
      const [, second = 0, third] = person.papers ?? [];
      const feed = second && (third || second < FEEDS_OF_TWO) ? { url: `feeds/authors/${person.slug}.atom.xml` } : {};
      found.push({ name: person.name, page: `authors/${person.slug}.html`, ...feed });
    }
    return found;
  }

  Object.assign(daybook.search, { suggest, author, feeds });
})();
