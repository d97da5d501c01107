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

  /**
   * What is read of the index; whatever goes wrong in it means that the index is of another shape.
   * @template Value
   * @param {() => Value | Promise<Value>} read
   * @returns {Promise<Value>}
   */
  async function reading(read) {
    try {
      return await read();
    } catch (cause) {
      throw cause instanceof SearchError ? cause : new SearchError("damaged", "A part of the search index is not what it should be.", cause);
    }
  }

  Object.assign(daybook.search, { SearchError, reading });
})();
