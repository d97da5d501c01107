// Words between quotes: exactly these, in this order. The index knows stems and no places, so it gives
// the papers that may have them, and what the cards say decides.
"use strict";
(() => {
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
  /** What words have that stand for a formula. */
  const FORMULA = /[\p{Sm}\p{Script=Greek}()^_]/u;
  /** How many candidates are looked at together. */
  const BATCH = 24;

  /**
   * Words between spaces, as they are compared: letters folded, endings kept.
   * @param {string} text
   */
  const plain = (text) => ` ${daybook.search.plainWords(text).join(" ")} `;

  /**
   * The papers that have all of some words in any form, wherever.
   * @param {daybook.Store} store
   * @param {string[]} terms
   * @param {Map<string, daybook.Term>} known What the index has for them comes here.
   * @returns {Promise<Set<number> | null>} Nothing where no words are given.
   */
  async function papersWith(store, terms, known) {
    /** @type {Set<number> | null} */
    let papers = null;
    for (const name of terms) {
      const term = await store.term(name);
      if (!term) return new Set();
      known.set(name, term);
      /** @type {Set<number>} */
      const having = new Set(term.fields.flatMap((postings) => [...(postings?.papers ?? [])]));
      papers = new Set([...(papers ?? having)].filter((paper) => having.has(paper)));
      await store.pause();
    }
    return papers;
  }

  /**
   * The terms of quoted words. What formulas look like ('SMIX(λ)') the index has as TeX, if at all: cards alone decide.
   * @param {daybook.Store} store
   * @param {string[]} words
   */
  async function required(store, words) {
    const terms = [];
    for (const word of words) {
      for (const term of daybook.search.queryTerms(word)) {
        if (!FORMULA.test(word) || await store.term(term)) terms.push(term);
      }
    }
    return terms;
  }

  /**
   * What the quoted parts of a query ask for: their words, the papers that may have them, and what cards must say.
   * @param {daybook.Store} store
   * @param {string[]} quoted
   * @returns {Promise<daybook.Exactly>}
   */
  async function exactly(store, quoted) {
    const { wordsOf, isStopWord } = daybook.search;
    const phrases = quoted.map(plain).filter((phrase) => phrase.trim());
    const exact = await required(store, phrases.flatMap(wordsOf).filter((word) => !isStopWord(word)));
    const known = new Map();
    return { phrases, exact, allowed: phrases.length ? await papersWith(store, exact, known) : null, known };
  }

  /**
   * Whether a card has all phrases, each within one field.
   * @param {daybook.Card} card
   * @param {string[]} phrases
   */
  function hasPhrases(card, phrases) {
    const { title, text = "" } = { ...card, ...card.shown };
    const texts = [card.title, card.text ?? "", title, text, ...(card.authors ?? []), ...(card.topics ?? []).map(({ name }) => name)].map(plain);
    return phrases.every((phrase) => {
      const wanted = UNSPACED.test(phrase) ? phrase.trim() : phrase;
      return texts.some((text) => text.includes(wanted));
    });
  }

  /**
   * Look at some more of the candidates for results.
   * @param {daybook.OwnAnswer} results
   */
  async function checkSome(results) {
    const { checked: from, candidates, phrases, store } = results;
    const batch = candidates.slice(from, from + BATCH);
    const cards = await Promise.all(batch.map((hit) => store.card(hit.paper)));
    await store.pause();
    if (results.checked !== from) return; // Somebody else was faster.
    results.checked += batch.length;
    results.hits.push(...batch.filter((_, i) => hasPhrases(/** @type {daybook.Card} */ (cards[i]), phrases)));
  }

  Object.assign(daybook.search, { exactly, papersWith, checkSome });
})();
