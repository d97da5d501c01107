// The one interface of the search, for the page and for `make query`: everything but the DOM.
"use strict";
(() => {
  /** What is wrong with an index that may be published anew by now. */
  const STALE = new Set(["missing", "damaged", "version"]);
  /** How many results stand on the first page, whose cards come with an answer. */
  const FIRST = 10;

  /** @param {unknown} error */
  const isStale = (error) => error instanceof daybook.search.SearchError && STALE.has(error.code);

  /** A searchable archive, whatever its index looks like. */
  class Client {
    /** @param {(name: string) => Promise<void>} run Runs a script of the search folder by name. */
    constructor(run) {
      this.files = new daybook.search.Files(run);
      /** @type {Promise<daybook.Store> | null} */
      this.opened = null;
    }

    store() {
      if (this.files.failed) this.forget();
      return (this.opened ??= daybook.search.Store.open(this.files));
    }

    /**
     * Find papers, best first. When a part of the index is gone or is of another version, because
     * the archive was published anew in the meantime, the new index is asked once.
     * @param {string} text
     * @param {"meant" | "lunr"} [mode]
     * @param {daybook.Wish} [wish]
     * @returns {Promise<daybook.OwnAnswer>}
     */
    async search(text, mode = "meant", wish = {}) {
      try {
        return await this.attempt(text, mode, wish);
      } catch (error) {
        if (!isStale(error)) throw error;
        this.forget();
        return this.attempt(text, mode, wish);
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
     * @param {daybook.Wish} wish
     * @returns {Promise<daybook.OwnAnswer>}
     */
    async attempt(text, mode, wish) {
      const store = await this.store();
      const { searchLunr, searchMeant, everything, Results } = daybook.search;
      const all = !text.trim() && mode === "meant";
      const outcome = await (all ? everything(store, wish) : mode === "lunr" ? searchLunr(store, text) : searchMeant(store, text, wish));
      const results = await Results.of(store, outcome, all ? { ...wish, sort: "date" } : wish);
      await results.cards(0, FIRST);
      return results;
    }

    /**
     * What a text being typed may become.
     * @param {string} text
     * @param {"author"} [only]
     */
    async suggest(text, only) {
      return daybook.search.suggestions(await this.store(), text, only);
    }

    /**
     * Feeds of what a search is about.
     * @param {string} text
     * @param {daybook.Wish} wish
     */
    async feeds(text, wish) {
      return daybook.search.feeds(await this.store(), text, wish);
    }

    /**
     * The card of one paper.
     * @param {number} paper
     */
    async card(paper) {
      return (await this.store()).card(paper);
    }
  }

  Object.assign(daybook.search, { Client, FIRST, isStale });
})();
