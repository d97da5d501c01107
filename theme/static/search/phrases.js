// Words between quotes: exactly these, in this order. The index knows stems and no places, so it gives
// the papers that may have them, and what the cards say decides.
"use strict";
(() => {
  const QUOTED = /["“”„«»]([^"“”„«»]+)["“”„«»]/gu;
  const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

  /**
   * Words between spaces, as they are compared: letters folded, endings kept.
   * @param {string} text
   */
  const plain = (text) => ` ${daybook.search.plainWords(text).join(" ")} `;

  /**
   * The quoted parts of a query, and what is left of it.
   * @param {string} text
   */
  function quotes(text) {
    const phrases = [...text.matchAll(QUOTED)].map((match) => plain(match[1] ?? "")).filter((phrase) => phrase.trim());
    return { phrases, rest: text.replace(QUOTED, " ") };
  }

  /**
   * Whether a card has all phrases, each within one field.
   * @param {daybook.Card} card
   * @param {string[]} phrases
   */
  function hasPhrases(card, phrases) {
    const texts = [card.title, card.text ?? "", ...(card.authors ?? []), ...(card.topics ?? []).map(({ name }) => name)].map(plain);
    return phrases.every((phrase) => {
      const wanted = UNSPACED.test(phrase) ? phrase.trim() : phrase;
      return texts.some((text) => text.includes(wanted));
    });
  }

  Object.assign(daybook.search, { quotes, hasPhrases });
})();
