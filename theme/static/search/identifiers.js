// Papers by what they are known by elsewhere: arXiv ids and DOIs, typed, copied or as addresses of their pages.
"use strict";
(() => {
  /** What addresses and sentences go on with behind an identifier. */
  const ENDINGS = [/[?#].*$/, /[^a-z\d]+$/, /\/(abstract|e?pdf|full(text)?|html?|meta)$|\.pdf$/, /v\d+$/];

  /**
   * What a word may name, in the form in which the archive's list has it.
   * @param {string} word
   */
  function namesIn(word) {
    let told = word.toLowerCase();
    try {
      told = decodeURIComponent(told);
    } catch {
      // It has a per cent sign of its own.
    }
    const doi = told.match(/10\.\d{4,9}\/(?!48550\/|arxiv\.)\S+/)?.[0];
    const whole = doi ?? told;
    const forms = [whole];
    for (const ending of ENDINGS) forms.push((forms.at(-1) ?? "").replace(ending, ""));
    if (doi) return forms;
    // Of an id of before 2007 the archive's name counts, but not the subject class.
    return forms.flatMap((form) => {
      const [, id = "", archive = "", number = ""] = form.match(/(?:^|[^a-z\d.-]|arxiv\.)(\d{4}\.\d{4,5}|([a-z-]{2,12})(?:\.[a-z-]{2,8})?(\/\d{7}))$/) ?? [];
      return id ? [archive + number || id] : [];
    });
  }

  /**
   * The number of the paper that has one of these names.
   * @param {string} list As plugins/daybook/catalogue/script_data.py writes it.
   * @param {string[]} names
   */
  function numberOf(list, names) {
    for (const name of names) {
      const found = list.search(new RegExp(`(?:^|[ |])${name.replace(/\W/g, "\\$&")}(?![^ |])`));
      if (found >= 0) return list.slice(0, found + 1).split(" ").length - 1;
    }
    return undefined;
  }

  /**
   * Every arXiv id and DOI of the archive, in the order of papers' numbers.
   * @param {daybook.Store} store
   */
  const listOf = ({ files, made }) => daybook.search.once(made, "ids", async () => {
    await files.run("../data/ids").catch((cause) => {
      throw new daybook.search.SearchError("missing", "arXiv ids and DOIs could not be looked up.", cause);
    });
    return daybook.ids ?? "";
  });

  /**
   * The papers that a text names, and what else it says.
   * @param {daybook.Store} store
   * @param {string} text
   */
  async function namedBy(store, text) {
    const words = text.trim().split(/\s+|[,;](?=arxiv|doi|10\.\d{4}|\d{4}\.\d)/i);
    const names = words.map(namesIn);
    const list = names.some((all) => all.length) ? await listOf(store) : "";
    const numbers = names.map((all) => numberOf(list, all));
    const rest = words.filter((word, at) => numbers[at] === undefined && !(numbers[at + 1] !== undefined && /^(arxiv|doi):?$/i.test(word)));
    return { papers: [...new Set(numbers.filter((number) => number !== undefined))], rest: rest.join(" ") };
  }

  /**
   * The cards of the papers that a text names.
   * @param {daybook.Store} store
   * @param {string} text
   */
  async function identified(store, text) {
    const { papers } = await namedBy(store, text);
    return Promise.all(papers.map((paper) => store.card(paper)));
  }

  /**
   * The papers that a text names, and then what the rest of it finds.
   * @param {daybook.Store} store
   * @param {string} text
   * @param {daybook.Wish} wish
   * @returns {Promise<daybook.Outcome>}
   */
  async function searchIdentified(store, text, wish) {
    /** @type {string[]} */
    const notes = [];
    const { papers, rest } = await namedBy(store, text).catch(({ message }) => {
      notes.push(message);
      return { papers: /** @type {number[]} */ ([]), rest: text };
    });
    const others = await daybook.search.searchWords(store, papers.length ? rest : text, wish);
    if (!papers.length) return { ...others, notes: [...others.notes, ...notes] };
    const score = 1 + (others.hits[0]?.score ?? 0);
    const hits = [...papers.map((paper) => ({ paper, score })), ...others.hits.filter(({ paper }) => !papers.includes(paper))];
    return { ...others, hits, notes: others.hits.length ? others.notes : [] };
  }

  Object.assign(daybook.search, { identified, searchIdentified });
})();
