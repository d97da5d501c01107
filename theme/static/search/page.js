// The search page: what is typed and wished, the results, the address.
"use strict";
(() => {
  const { root, element, button, counted, readWish, writtenWish, result, Panel, Combobox } = daybook.page;
  const { FIRST: PAGE } = daybook.search;
  /** How many results are cited together at most. */
  const MOST_SAVED = 1000;

  /** Where to look when searching does not work. */
  function elsewhere() {
    const ways = [["topics", "topics/index.html"], ["authors", "authors/index.html"], ["dates", "dates/index.html"],
      ["digests", "digests/index.html"]];
    const links = ways.flatMap(([name = "", url = ""], i) =>
      [i ? (i === ways.length - 1 ? " or " : ", ") : "", element("a", { href: root + url }, [name])]);
    return element("span", {}, [" Every paper is also found through the ", ...links, "."]);
  }

  /**
   * What was found, in words.
   * @param {daybook.Answer} answer
   * @param {string} text
   */
  function said(answer, text) {
    const short = daybook.search.quotable(text, 60);
    const least = answer.complete ? "" : "At least ";
    const count = answer.total ? `${least}${counted(answer.total, "paper")} found.`
      : text ? `Nothing found for ‘${short}’.` : "No paper is like that.";
    return [count, ...answer.notes].join(" ");
  }

  /**
   * Whether a query is the whole name of a topic or an author that is found.
   * @param {string} text
   * @param {daybook.Card[]} cards
   */
  function isNamed(text, cards) {
    const plain = (/** @type {string} */ name) => daybook.search.plainWords(name).join(" ");
    const names = cards.flatMap((card) => [...(card.authors ?? []), ...(card.topics ?? []).map(({ name }) => name)]);
    return names.some((name) => plain(name) === plain(text));
  }

  class SearchPage {
    /**
     * @param {HTMLFormElement} form
     * @param {HTMLInputElement} input
     */
    constructor(form, input) {
      const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (document.getElementById(`search-${name}`));
      this.form = form;
      this.input = input;
      this.status = part("status");
      this.added = part("added");
      this.results = part("results");
      this.after = part("after");
      this.sort = /** @type {HTMLSelectElement} */ (part("sort"));
      this.client = daybook.search.openClient(`${root}search/`);
      this.panel = new Panel(/** @type {HTMLDetailsElement} */ (part("filters")), () => this.ask(),
        (text) => this.client.suggest(text, "author"));
      this.more = button("Show more", () => this.showMore());
      this.results.after(this.more);
      this.typed = false;
      /** Whether the last change is of the kind that goes on letter by letter, and the one before was. */
      this.typing = this.wasTyping = false;
      this.stale = false;
      this.busy = false;
      /** What the page shows the answer to. */
      this.shown = "";
      /** @type {daybook.Answer | null} */
      this.answer = null;
    }

    listen() {
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask();
        this.wasTyping = false;
      });
      this.input.addEventListener("input", () => this.ask(true));
      // Its listeners come after this one, so that a key asks for results first.
      new Combobox(this.input, "Suggestions", (text) => this.client.suggest(text), (chosen) => this.follow(chosen));
      this.sort.addEventListener("change", () => this.ask());
      addEventListener("popstate", () => this.readAddress());
      this.readAddress();
      if (!this.input.value) this.input.focus({ preventScroll: true });
    }

    /** Search for what the address says; a malformed one is read as far as it can be. */
    readAddress() {
      const address = new URLSearchParams(location.search);
      const wish = readWish((name) => address.get(name) ?? "");
      this.input.value = address.get("q") ?? "";
      this.typed = wish.typed ?? false;
      this.sort.value = wish.sort ?? "";
      this.panel.show(wish);
      this.wasTyping = false;
      this.ask();
    }

    /** What the reader wishes now. @returns {daybook.Wish} */
    wish() {
      const wish = this.panel.wish();
      if (this.sort.value) wish.sort = "date";
      if (this.typed) wish.typed = true;
      return wish;
    }

    /**
     * Search for what is asked now; while one search runs only the newest waits.
     * @param {boolean} [typing]
     */
    async ask(typing = false) {
      this.typing = typing;
      this.stale = true;
      if (this.busy) return;
      this.busy = true;
      while (this.stale) {
        this.stale = false;
        await this.run(this.input.value.trim(), this.wish());
      }
      this.busy = false;
    }

    /**
     * @param {string} text
     * @param {daybook.Wish} wish
     * @param {boolean} [again] Whether a part of the index was gone, as it is when published anew.
     */
    async run(text, wish, again = false) {
      this.panel.show(wish);
      const { open } = this.panel.details;
      const all = open && !text;
      const asked = JSON.stringify([text, wish, open]);
      const known = asked === this.shown;
      this.shown = asked;
      const searching = known || !(text || all || wish.sort) ? null
        : this.client.search(text, "meant", all ? { ...wish, sort: "date" } : wish);
      // What fails is said below; a worker is at work while the browser takes down the address.
      searching?.catch(() => undefined);
      this.writeAddress(text, wish);
      if (known) return;
      if (!searching) return this.show("", [], null);
      try {
        const answer = await searching;
        const cards = await answer.cards(0, PAGE);
        if (open) this.panel.tell(await answer.counts(), answer.complete);
        const items = [];
        for (const card of cards) {
          await daybook.search.pause();
          items.push(result(card, answer.terms));
        }
        this.show(said(answer, text), items, answer);
        await daybook.search.pause();
        this.tellAdded(answer, cards);
        await this.offer(answer, text, cards);
      } catch (error) {
        this.shown = "";
        if (!again && daybook.search.isStale(error)) await this.run(text, wish, true);
        else this.explain(error);
      }
    }

    /**
     * Say what went wrong; a query that cannot be run is the reader's to change, the rest is not.
     * @param {unknown} error
     */
    explain(error) {
      const known = error instanceof daybook.search.SearchError;
      if (known && error.code === "version" && !history.state?.renewed) {
        this.renew();
        return;
      }
      this.show(known ? error.message : "Searching failed on this page.", [], null);
      if (!known || ["missing", "damaged", "version"].includes(error.code)) this.status.append(elsewhere());
    }

    /** The archive has been published by another version: load the page again, with its scripts, once. */
    async renew() {
      this.show("The archive has been published anew: loading the page again.", [], null);
      history.replaceState({ renewed: true }, "");
      const scripts = root.startsWith("http") ? ["search", "page"] : [];
      // Read to the end: loading the page again breaks off what is under way.
      await Promise.all(scripts.map(async (name) => (await fetch(`${root}search/${name}.js`, { cache: "reload" })).text())).catch(() => {});
      location.reload();
    }

    /**
     * @param {string} message
     * @param {HTMLElement[]} items
     * @param {daybook.Answer | null} answer
     */
    show(message, items, answer) {
      if (this.status.textContent !== message) this.status.textContent = message;
      this.results.replaceChildren(...items);
      this.added.replaceChildren();
      this.after.replaceChildren();
      this.answer = answer;
      this.tellMore();
      const sorting = /** @type {HTMLElement} */ (this.sort.parentElement);
      sorting.hidden = !items.length && !this.sort.value;
    }

    /** Offer more where there is more. */
    tellMore() {
      const { answer } = this;
      this.more.hidden = !answer || (answer.complete && this.results.children.length >= answer.total);
    }

    /** @param {boolean} [again] @returns {Promise<void>} */
    async showMore(again = false) {
      const { answer } = this;
      const from = this.results.children.length;
      if (!answer) return;
      let cards;
      try {
        cards = await answer.cards(from, from + PAGE);
      } catch (error) {
        if (again || !daybook.search.isStale(error)) return this.explain(error);
        this.shown = "";
        await this.ask();
        return this.showMore(true);
      }
      if (this.answer !== answer || this.results.children.length !== from) return;
      const items = cards.map((card) => result(card, answer.terms));
      this.results.append(...items);
      this.status.textContent = said(answer, this.input.value.trim());
      this.tellMore();
      items[0]?.querySelector("a")?.focus();
    }

    /**
     * What was searched for besides what was typed, how to go without, and what may have been meant.
     * @param {daybook.Answer} answer
     * @param {daybook.Card[]} cards
     */
    tellAdded(answer, cards) {
      const write = daybook.page.writer(answer.added.length ? cards : []);
      const quoted = (/** @type {string[]} */ terms) => `‘${daybook.search.quotable(terms.map(write).join(" "), 60)}’`;
      const words = answer.added.map(({ kind, word, others }) => {
        const some = others.slice(0, 3).map(quoted).join(", ");
        const rest = others.length > 3 ? ` and ${others.length - 3} more` : "";
        const whose = kind === "acronym" ? quoted(word.split(" ")) : `‘${daybook.search.quotable(word, 40)}’`;
        return `${some}${rest} for ${whose}`;
      });
      const parts = [];
      if (words.length) parts.push(`Also searched for ${[...new Set(words)].join("; ")}. `);
      if (words.length || (answer.instead && !answer.wish.typed)) parts.push(this.widen(true, "Search only for what I typed"));
      if (answer.wish.typed) {
        if (answer.instead) {
          parts.push("Did you mean ", button(daybook.search.quotable(answer.instead, 80), () => {
            this.input.value = answer.instead;
            this.ask();
          }), "? ");
        }
        parts.push("Nothing was added to what you typed. ", this.widen(false, "Search for what it means, too"));
      }
      this.added.replaceChildren(...parts);
    }

    /**
     * @param {boolean} typed
     * @param {string} label
     */
    widen(typed, label) {
      return button(label, () => {
        this.typed = typed;
        this.ask();
        this.input.focus();
      });
    }

    /**
     * The list as a file, and feeds of what it is about.
     * @param {daybook.Answer} answer
     * @param {string} text
     * @param {daybook.Card[]} cards
     */
    async offer(answer, text, cards) {
      if (!answer.total || this.answer !== answer) return;
      const which = answer.complete && answer.total <= MOST_SAVED ? counted(answer.total, "paper")
        : `the first ${MOST_SAVED.toLocaleString("en")} papers`;
      const parts = [element("p", {}, [button(`Cite or save ${which}`, () => this.cite(answer))])];
      const { topic, author } = answer.wish;
      const feeds = topic || author || isNamed(text, cards) ? await this.client.feeds(text, answer.wish).catch(() => []) : [];
      if (this.answer !== answer) return;
      if (feeds.length) {
        const links = feeds.flatMap(({ name, url }, i) => [i ? ", " : "", element("a", { href: root + url }, [name])]);
        parts.push(element("p", {}, ["Subscribe to all papers on or by ", ...links, " (Atom)"]));
      }
      this.after.replaceChildren(...parts);
    }

    /** @param {daybook.Answer} answer */
    async cite(answer) {
      try {
        const cards = await answer.cards(0, MOST_SAVED);
        await daybook.cite(cards.map(daybook.page.cited));
      } catch (error) {
        this.explain(error);
      }
    }

    /**
     * Go where a suggestion leads; an author without a page is a filter.
     * @param {daybook.Suggestion} chosen
     */
    async follow({ name, url, paper }) {
      if (paper !== undefined) location.href = root + (await this.client.card(paper)).url;
      else if (url) location.href = root + url;
      else {
        this.input.value = "";
        this.panel.show({ ...this.wish(), author: name });
        this.ask();
      }
    }

    /**
     * The address is what is asked for; 'back' leads to what was asked for before, not to half of a word.
     * @param {string} text
     * @param {daybook.Wish} wish
     */
    writeAddress(text, wish) {
      const address = new URL(location.href);
      address.search = new URLSearchParams([...(text ? [["q", text]] : []), ...writtenWish(wish)]).toString();
      if (address.href === location.href) return;
      const goesOn = this.typing && (this.wasTyping || !location.search);
      this.wasTyping = this.typing;
      try {
        history[goesOn ? "replaceState" : "pushState"](null, "", address);
      } catch {
        // Some browsers allow only so many changes in a while; the next one will do.
      }
    }
  }

  const form = document.querySelector("form#search-form");
  const input = form?.querySelector("input[name=q]");
  if (form instanceof HTMLFormElement && input instanceof HTMLInputElement) new SearchPage(form, input).listen();
})();
