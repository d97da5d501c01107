// The one interface of the search, for the page and for `make query`: everything but the DOM.
"use strict";
(() => {
  /** What is wrong with an index that may be published anew by now. */
  const STALE = new Set(["missing", "damaged", "version"]);
  /** How many results stand on the first page, whose cards come with an answer. */
  const FIRST = 10;
  /** How long a search goes on that nobody waits for any more, in milliseconds. */
  const PATIENCE = 100;

  /** @param {unknown} error */
  const isStale = (error) => error instanceof daybook.search.SearchError && STALE.has(error.code);

  /** A searchable archive, whatever its index looks like. */
  class Client {
    /** @param {(name: string) => Promise<void>} run Runs a script of the search folder by name. */
    constructor(run) {
      this.files = new daybook.search.Files(run);
      /** @type {Promise<daybook.Store> | null} */
      this.opened = null;
      /** The search under way. @type {daybook.Turn | null} */
      this.turn = null;
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
      /** @type {daybook.Turn} */
      const turn = (this.turn = { begun: performance.now(), over: false, stop() {} });
      const stopped = new Promise((_, reject) => {
        turn.stop = () => reject(new daybook.search.SearchError("interrupted", ""));
      });
      const results = await Promise.race([this.results(turn, text, mode, wish), stopped]);
      // Whatever is asked now, this answer may be asked for more.
      turn.over = false;
      this.turn = null;
      return results;
    }

    /**
     * @param {daybook.Turn} turn
     * @param {string} text
     * @param {"meant" | "lunr"} mode
     * @param {daybook.Wish} wish
     */
    async results(turn, text, mode, wish) {
      const { filters, Results } = daybook.search;
      const store = (await this.store()).during(turn);
      const all = !text.trim() && mode === "meant";
      const arranged = filters(wish) || wish.sort === "date";
      if (arranged) await store.files.part("facts");
      const outcome = all ? { hits: arranged ? (await daybook.search.factsOf(store)).everything() : [], terms: {}, notes: [] }
        : await daybook.search[mode === "lunr" ? "searchLunr" : "searchMeant"](store, text, wish);
      const results = new Results(store, outcome, all ? { ...wish, sort: "date" } : wish);
      if (arranged && outcome.hits.length) await daybook.search.arrange(results);
      await results.cards(0, FIRST);
      return results;
    }

    /** Break off the search under way, even if it waits for a file, unless it is done soon: it is still shown then. */
    interrupt() {
      const { turn } = this;
      if (!turn) return;
      turn.over = true;
      setTimeout(turn.stop, turn.begun + PATIENCE - performance.now());
    }

    /**
     * The card of one paper.
     * @param {number} paper
     */
    async card(paper) {
      return (await this.store()).card(paper);
    }
  }

  // What a part of this program does with the index: see client.d.ts.
  for (const [method, part] of [["suggest", "typing"], ["feeds", "typing"], ["identified", "identifiers"]]) {
    Object.assign(Client.prototype, {
      /** @this {Client} @param {any[]} args */
      async [method](...args) {
        const store = await this.store();
        await store.files.part(part);
        return /** @type {any} */ (daybook.search)[method](store, ...args);
      },
    });
  }

  Object.assign(daybook.search, { Client, FIRST, PATIENCE, isStale });
})();
