// The one error of the search, in words that a reader can be shown.
"use strict";
(() => {
  class SearchError extends Error {
    /**
     * @param {string} code What kind: `query`, `too-long`, `too-broad`, `missing`, `version`, `damaged`;
     *   `interrupted`, of which no reader is told.
     * @param {string} message A sentence or two for the reader.
     * @param {unknown} [cause]
     */
    constructor(code, message, cause) {
      super(message, { cause });
      this.name = "SearchError";
      this.code = code;
    }
  }

  daybook.search.SearchError = SearchError;
})();
