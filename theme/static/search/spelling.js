// What a word means that no paper has: one still being typed, whose stem is passed, or a misspelt one.
"use strict";
(() => {
  const { vocabulary } = daybook.search;
  /** How many completions of the last word are tried at once. */
  const MOST_COMPLETIONS = 30;
  /** How many corrections of one word are tried at once. */
  const MOST_CORRECTIONS = 3;
  /** Shorter words have too many neighbours to guess which was meant. */
  const SHORTEST_CORRECTED = 5;
  const LONGEST_CORRECTED = 30;
  const ALPHABET = "abcdefghijklmnopqrstuvwxyz";
  /** A query with more unknown words than this is not mistyped. */
  const MOST_CORRECTED = 10;
  /** How many words a note names. */
  const MOST_NAMED = 5;
  /** A stem that a word being typed has passed has at least so many letters. */
  const SHORTEST_PASSED = 4;
  /** How words go on after their stems. */
  const ENDINGS = ("s es ed er ers ing ings ion ions ioning able ability ably ible ibility al ally ality alities alize alization " +
    "ate ates ated ating ation ations ational ative ator ators ance ence ant ent ment ments ness ful fulness ous ously ousness " +
    "ive ives ively iveness ivity ic ical ically icate ism ist istic ity ities ize izes ized izer izing ization izations " +
    "ise ises ised iser ising isation isations ly y ies").split(" ");

  /**
   * A test that every word within an edit distance of a term passes: at most so many letters of
   * either are missing in the other, wherever they stand.
   * @param {string} term
   * @param {number} distance
   * @returns {(word: string) => boolean}
   */
  function resembles(term, distance) {
    /** How often the term has each letter that is not used up. */
    const left = new Int16Array(0x10000);
    const count = (/** @type {string} */ text, /** @type {number} */ by) => {
      for (let i = 0; i < text.length; i++) /** @type {number} */ (left[text.charCodeAt(i)] += by);
    };
    const stars = term.split("*").length - 1;
    count(term.replaceAll("*", ""), 1);
    const letters = term.length - stars;
    return (word) => {
      if (Math.abs(word.length - term.length) > distance) return false;
      let common = 0;
      for (let i = 0; i < word.length; i++) {
        const letter = word.charCodeAt(i);
        if (/** @type {number} */ (left[letter]) > 0) common++;
        /** @type {number} */ (left[letter]--);
      }
      count(word, 1);
      return letters - common <= distance && word.length - common <= distance + stars;
    };
  }

  /**
   * How many single-letter edits lead from one word to another, neighbours exchanged counting as one;
   * more than `most` is not counted further.
   * @param {string} a
   * @param {string} b
   * @param {number} most
   */
  function editDistance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    const width = b.length + 1;
    const costs = new Uint8Array((a.length + 1) * width);
    const at = (/** @type {number} */ i, /** @type {number} */ j) => /** @type {number} */ (costs[i * width + j]);
    for (let i = 0; i <= a.length; i++) {
      for (let j = 0; j < width; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let cost = i && j ? Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same) : i + j;
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, at(i - 2, j - 2) + 1);
        costs[i * width + j] = cost;
      }
    }
    return at(a.length, b.length);
  }

  /**
   * Everything one edit makes of a word; neighbours exchanged count as one.
   * @param {string} word
   */
  function* edits(word) {
    for (let i = 0; i <= word.length; i++) {
      const head = word.slice(0, i);
      const tail = word.slice(i);
      for (const letter of ALPHABET) {
        yield head + letter + tail;
        if (tail) yield head + letter + tail.slice(1);
      }
      if (tail) yield head + tail.slice(1);
      if (tail.length > 1) yield head + tail.charAt(1) + tail.charAt(0) + tail.slice(2);
    }
  }

  /** @param {string} word */
  const plainStem = (word) => [lunr.stemmer(new lunr.Token(word, {})).toString()];

  /**
   * Everything that one edit of a word makes, by its stem, each with a word that has the stem.
   *
   * The word is edited as well as its stem: 'alignmnet' is one edit from 'alignment', whose stem is 'align'.
   * @param {string} word
   */
  function editedStems(word) {
    /** @type {Map<string, string>} */
    const edited = new Map();
    // What is made of plain letters only needs the last step of the pipeline.
    const stems = /^[a-z]+$/u.test(word) ? plainStem : daybook.search.queryTerms;
    for (const other of edits(word)) {
      for (const stem of stems(other)) if (!edited.has(stem)) edited.set(stem, other);
    }
    return edited;
  }

  /**
   * Terms of the index that a word may be a misspelling of, the likeliest first: those one edit away, or
   * else those of two edits.
   *
   * Few mistake the first letters, so that words which begin with the same two are looked at first, and
   * then those that the first letter left out or exchanged with the second leads to.
   * @param {daybook.Store} store
   * @param {string} term
   * @param {string} word
   * @returns {Promise<daybook.Correction[]>}
   */
  async function corrections(store, term, word) {
    if (word.length < SHORTEST_CORRECTED || word.length > LONGEST_CORRECTED) return [];
    const edited = editedStems(word);
    const most = term.length < 8 ? 1 : 2;
    const close = term.length < SHORTEST_CORRECTED ? () => false : resembles(term, most);
    const distance = (/** @type {string} */ other) =>
      edited.has(other) ? 1 : close(other) ? editDistance(term, other, most) : Infinity;
    /** @type {daybook.Word[]} */
    let found = [];
    for (const beginnings of [[term.slice(0, 2)], new Set([term.charAt(0), term.charAt(1)])]) {
      const lists = await Promise.all(Array.from(beginnings, (beginning) => vocabulary(store, beginning)));
      await store.pause();
      let least = most;
      found = [];
      for (const other of lists.flat()) {
        const far = distance(other.term);
        if (far > least) continue;
        if (far < least) [least, found] = [far, []];
        found.push(other);
      }
      if (found.length && least < 2) break;
    }
    return found.sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_CORRECTIONS)
      .map((other) => ({ term: other.term, written: edited.get(other.term) ?? other.term }));
  }

  /**
   * Terms that a word still being typed may become, the most frequent first.
   * @param {daybook.Store} store
   * @param {string} term
   */
  async function completions(store, term) {
    if (term.length < 2) return [];
    return (await vocabulary(store, term))
      .sort((a, b) => b.papers - a.papers)
      .slice(0, MOST_COMPLETIONS)
      .map((word) => word.term);
  }

  /**
   * The terms of a word that is still being typed. Stems are shorter than words: whoever types
   * 'fairn' on the way to 'fairness' has passed its stem 'fair' already.
   * @param {daybook.Meaning} meaning
   * @param {string} term
   * @param {string} word
   */
  async function unfinished(meaning, term, word) {
    const completed = await daybook.search.completions(meaning.store, term);
    if (completed.length) return completed;
    for (let length = word.length - 1; length >= SHORTEST_PASSED; length -= 1) {
      const rest = word.slice(length);
      const found = ENDINGS.some((ending) => ending.startsWith(rest)) ? await meaning.known([word.slice(0, length)]) : [];
      if (found.length) return found;
    }
    return [];
  }

  /**
   * What a word that no paper has probably means: terms, or several that belong together; what is no mere completion is noted.
   * @param {daybook.Meaning} meaning
   * @param {string} term
   * @param {string} word
   * @param {boolean} last Whether it may be unfinished.
   */
  async function replacements(meaning, term, word, last) {
    const { corrected, unknown, typed } = meaning;
    const completed = last && !typed ? await unfinished(meaning, term, word) : [];
    const completions = completed.map((other) => [other]);
    meaning.note("completion", word, completions);
    if (completed.length) return completions;
    const few = corrected.length + unknown.length < MOST_CORRECTED;
    if (few) await meaning.store.files.part("words");
    const parted = few && await daybook.search.parted(meaning.store, term, word);
    if (parted) {
      corrected.push([word, [parted.words.join(" ")]]);
      return typed ? [] : [parted.terms];
    }
    const others = few ? await daybook.search.corrections(meaning.store, term, word) : [];
    if (others.length) corrected.push([word, others.map(({ written }) => written)]);
    else if (!unknown.includes(word)) unknown.push(word);
    return typed ? [] : others.map((other) => [other.term]);
  }

  /**
   * What was understood otherwise than it was typed, and the query with what no paper has put right, or nothing.
   * @param {daybook.Meaning} meaning
   * @param {string[]} words
   */
  function understood({ corrected, unknown, typed }, words) {
    const quoted = (/** @type {string[]} */ list) =>
      list.slice(0, MOST_NAMED).map((word) => `‘${daybook.search.quotable(word, 40)}’`).join(", ");
    const notes = corrected.slice(0, MOST_NAMED).map(([word, others]) =>
      `No paper has ${quoted([word])}${typed ? "" : `: searched for ${quoted(others)}`}.`);
    if (unknown.length) notes.push(`No paper has ${quoted(unknown)}.`);
    const right = new Map(corrected.map(([word, [other = word]]) => [word, other]));
    return { notes, instead: corrected.length ? words.map((word) => right.get(word) ?? word).join(" ") : "" };
  }

  Object.assign(daybook.search, { resembles, completions, corrections, replacements, understood });
})();
