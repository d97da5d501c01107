// The one interface of the search, for the page and for `make query`: everything but the DOM.
"use strict";
(() => {
  /** A searchable archive, whatever its index looks like. */
  class Client {
    /** @param {(name: string) => Promise<void>} run Runs a script of the search folder by name. */
    constructor(run) {
      this.files = new daybook.search.Files(run);
      /** @type {Promise<daybook.Store> | null} */
      this.opened = null;
    }

    store() {
      this.opened ??= daybook.search.Store.open(this.files);
      this.opened.catch(() => this.forget());
      return this.opened;
    }

    /**
     * Find papers, best first. When a part of the index is gone, because the archive was published
     * anew in the meantime, the new index is asked once.
     * @param {string} text
     * @param {"meant" | "lunr"} [mode]
     * @returns {Promise<daybook.Answer>}
     */
    async search(text, mode = "meant") {
      try {
        return await this.attempt(text, mode);
      } catch (error) {
        if (!(error instanceof daybook.search.SearchError) || error.code !== "missing") throw error;
        this.forget();
        return this.attempt(text, mode);
      }
    }

    /** Begin anew, with whatever is published now. */
    forget() {
      this.files.clear();
      this.opened = null;
    }

    /**
     * @param {string} text
     * @param {"meant" | "lunr"} mode
     * @returns {Promise<daybook.Answer>}
     */
    async attempt(text, mode) {
      const store = await this.store();
      const find = mode === "lunr" ? daybook.search.searchLunr : daybook.search.searchMeant;
      const outcome = await find(store, text);
      return {
        ...outcome,
        total: outcome.hits.length,
        cards: (from, to) => Promise.all(outcome.hits.slice(from, to).map((hit) => store.card(hit.paper))),
      };
    }
  }

  Object.assign(daybook.search, { Client });
})();
