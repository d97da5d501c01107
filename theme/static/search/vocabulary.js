// The list of all terms: for wildcards, misspelt words, and words still being typed.
"use strict";
(() => {
  /**
   * @param {daybook.RangeFile} list
   * @returns {daybook.Word[]}
   */
  function readWords(list) {
    const codes = new daybook.search.CodeReader(list.codes);
    const words = list.terms.split(" ").map((term) => ({ term, papers: codes.next() }));
    codes.end();
    return words;
  }

  /**
   * The words of two segments together, in order.
   * @param {daybook.Word[]} older
   * @param {daybook.Word[]} newer
   */
  function joinedWords(older, newer) {
    if (!newer.length) return older;
    /** @type {daybook.Word[]} */
    const all = [];
    let at = 0;
    for (const word of newer) {
      let next = older[at];
      for (; next && next.term < word.term; next = older[++at]) all.push(next);
      if (next?.term === word.term) at++;
      all.push(next?.term === word.term ? { term: word.term, papers: next.papers + word.papers } : word);
    }
    return all.concat(older.slice(at));
  }

  /**
   * Which files may have terms with a beginning; all with none.
   * @param {daybook.Ranges<any>} ranges
   * @param {string} prefix
   */
  function places({ firsts }, prefix) {
    const { lastUpTo } = daybook.search;
    const from = Math.max(0, lastUpTo(firsts, prefix));
    const to = prefix ? lastUpTo(firsts, `${prefix}\uffff`) : firsts.length - 1;
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
  }

  /**
   * Those files.
   * @template Value
   * @param {daybook.Ranges<Value>} ranges
   * @param {string} prefix
   * @returns {Promise<Value[]>}
   */
  const startingWith = (ranges, prefix) => Promise.all(places(ranges, prefix).map(ranges.load));

  /**
   * Where each segment's words are.
   * @param {daybook.Store} store
   * @returns {Promise<daybook.Directory<daybook.Word[]>[]>}
   */
  const directories = ({ files, made, manifest }) => daybook.search.once(made, "words", async () =>
    manifest.segments.map(({ words }) => new daybook.search.Directory(files, "words", words, readWords)));

  /**
   * The terms with a beginning, in order, and how many postings each has; all with none.
   * @param {daybook.Store} store
   * @param {string} prefix
   */
  async function vocabulary(store, prefix) {
    /** @type {daybook.Word[]} */
    let all = [];
    const lists = await Promise.all((await directories(store)).map(async ({ pages }) =>
      Promise.all((await startingWith(pages, prefix)).map((page) => startingWith(page, prefix)))));
    for (const list of lists) {
      await store.pause();
      const words = list.flat(2);
      all = joinedWords(all, prefix ? words.filter(({ term }) => term.startsWith(prefix)) : words);
    }
    return all;
  }

  Object.assign(daybook.search, { places, vocabulary });
})();
