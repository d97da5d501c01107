// What was typed, as a whole: how it is quoted, and how long it may be.
"use strict";
(() => {
  /** A query longer than this is not run. */
  const LONGEST_QUERY = 1000;

  /**
   * What was typed, to be quoted in a sentence: cut off, and without marks that turn the text around.
   * @param {string} text
   * @param {number} length
   */
  function quotable(text, length) {
    const plain = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "");
    return plain.length > length ? `${plain.slice(0, length).replace(/[\ud800-\udbff]$/, "")}…` : plain;
  }

  /**
   * Cut off what is too long to be a query.
   * @param {string} text
   */
  function checkLength(text) {
    if (text.length <= LONGEST_QUERY) return;
    throw new daybook.search.SearchError(
      "too-long",
      `This query has ${text.length.toLocaleString("en")} characters; at most ${LONGEST_QUERY.toLocaleString("en")} are searched for.`,
    );
  }

  Object.assign(daybook.search, { quotable, checkLength });
})();
