// The search page: what is typed and wished, the results, the address. What it tells and offers beyond the
// first results is loaded when there is need of it: panel.js and combobox.js, telling.js.
"use strict";
(() => {
  const { root, element, button, counted, readWish, writtenWish, result, part } = daybook.page;
  const { FIRST: PAGE, openClient, isStale, pause, quotable, filters, SearchError } = daybook.search;
  /** How many results are cited together at most. */
  const MOST_CITED = 1000;

  /**
   * Whether a query is the whole name of a topic or an author that is found.
   * @param {string} text
   * @param {daybook.Card[]} cards
   */
  function isNamed(text, cards) {
    const names = cards.flatMap(({ authors = [], topics = [] }) => [...authors, ...topics.map(({ name }) => name)]);
    return names.some((name) => !name.localeCompare(text, "en", { sensitivity: "base" }));
  }

  class SearchPage {
    /**
     * @param {HTMLFormElement} form
     * @param {HTMLInputElement} input
     */
    constructor(form, input) {
      const find = (/** @type {string} */ name) => /** @type {any} */ (document.getElementById(`search-${name}`));
      this.form = form;
      this.input = input;
      /** @type {HTMLElement} */
      this.status = find("status");
      /** @type {HTMLElement} */
      this.added = find("added");
      /** @type {HTMLElement} */
      this.results = find("results");
      /** @type {HTMLElement} */
      this.after = find("after");
      /** @type {HTMLSelectElement} */
      this.sort = find("sort");
      /** @type {HTMLDetailsElement} */
      this.details = find("filters");
      /** @type {HTMLTemplateElement} */
      this.elsewhere = find("elsewhere");
      this.client = openClient(`${root}search/`);
      this.more = button("Show more", () => this.use("telling", () => daybook.page.showMore(this)));
      this.more.hidden = true;
      this.results.after(this.more);
      /** The filters, once they are there. @type {daybook.Panel | undefined} */
      this.panel = undefined;
      /** What the address wishes, until then. @type {daybook.Wish} */
      this.wished = {};
      this.typed = false;
      /** Whether the last change is of the kind that goes on letter by letter, and the one before was. */
      this.typing = this.wasTyping = false;
      /** Whether suggestions are wanted, and whether what makes them is asked for. */
      this.suggesting = this.suggests = false;
      this.stale = false;
      /** Until what was asked is answered. @type {Promise<void> | undefined} */
      this.asking = undefined;
      /** What the page shows the answer to, and its words. */
      this.shown = this.text = "";
      /** @type {daybook.Answer | null} */
      this.answer = null;
    }

    listen() {
      const { input } = this;
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask();
        this.wasTyping = false;
      });
      input.addEventListener("input", () => this.ask(true));
      input.role = "combobox";
      input.ariaExpanded = "false";
      for (const kind of ["input", "keydown"]) input.addEventListener(kind, (event) => this.suggest(event));
      this.details.addEventListener("toggle", () => {
        if (!this.details.open) return;
        this.filter();
        this.ask();
      });
      this.sort.addEventListener("change", () => this.ask());
      addEventListener("popstate", () => this.readAddress());
      this.readAddress();
      if (!input.value) input.focus({ preventScroll: true });
    }

    /**
     * Use a part of the page's program, or begin anew where it is gone.
     * @template Value
     * @param {string} name
     * @param {() => Value} use
     * @returns {Promise<Value | undefined>}
     */
    async use(name, use) {
      try {
        await part(name);
      } catch {
        await this.renew();
        return undefined;
      }
      return use();
    }

    /**
     * Have suggestions made, from the first key on; the key that asks for them comes before they are there.
     * @param {Event & { key?: string, isComposing?: boolean }} event
     */
    async suggest({ type, key = "", isComposing }) {
      this.suggesting = (type === "input" && !isComposing) || /^Arrow[DU]/.test(key);
      if (this.suggests) return;
      this.suggests = true;
      await this.use("panel", () => {
        const box = new daybook.page.Combobox(this.input, "Suggestions", (text) => this.client.suggest(text),
          (chosen) => daybook.page.follow(this, chosen));
        if (this.suggesting) box.open();
      });
    }

    /** The filters, which are there from the first time they are looked at. */
    filter() {
      return this.use("panel", () => {
        if (!this.panel) {
          this.panel = new daybook.page.Panel(this.details, () => this.ask(), (text) => this.client.suggest(text, "author"));
          if (this.panel.begin(this.wished)) this.stale = true;
        }
        return this.panel;
      });
    }

    /** Search for what the address says; a malformed one is read as far as it can be. */
    readAddress() {
      const address = new URLSearchParams(location.search);
      const wish = (this.wished = readWish((name) => address.get(name) ?? ""));
      this.input.value = address.get("q") ?? "";
      this.typed = wish.typed ?? false;
      this.sort.value = wish.sort ?? "";
      if (filters(wish)) this.details.open = true;
      this.panel?.show(wish);
      this.wasTyping = false;
      this.ask();
    }

    /** What the reader wishes now. @returns {daybook.Wish} */
    wish() {
      const wish = this.panel?.wish() ?? { ...this.wished };
      wish.sort = this.sort.value ? "date" : undefined;
      wish.typed = this.typed || undefined;
      return wish;
    }

    /**
     * Search for what is asked now; while one search runs only the newest waits, and not for long.
     * @param {boolean} [typing]
     * @returns {Promise<void>} Until nothing more is asked.
     */
    ask(typing = false) {
      this.typing = typing;
      this.stale = true;
      if (this.asking) this.client.interrupt();
      return (this.asking ??= this.answerAll());
    }

    async answerAll() {
      while (this.stale) {
        this.stale = false;
        await this.run(this.input.value.trim(), this.wish());
      }
      this.asking = undefined;
    }

    /**
     * @param {string} text
     * @param {daybook.Wish} wish
     * @param {boolean} [again] Whether a part of the index was gone, as it is when published anew.
     * @returns {Promise<void>}
     */
    async run(text, wish, again = false) {
      this.panel?.show(wish);
      const { open } = this.details;
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
        if (open) {
          const panel = await this.filter();
          panel?.tell(await answer.counts(), answer.complete);
        }
        const items = [];
        for (const card of cards) {
          await pause();
          items.push(result(card, answer.terms));
        }
        this.text = text;
        this.show("", items, answer);
        this.tell();
        await pause();
        if (answer.added.length || answer.instead || wish.typed) {
          await this.use("telling", () => this.answer === answer && daybook.page.tellAdded(this, answer, cards));
        }
        await this.offer(answer, text, cards);
      } catch (error) {
        this.shown = "";
        if (error instanceof SearchError && error.code === "interrupted") return;
        if (!again && isStale(error)) return this.run(text, wish, true);
        await this.explain(error);
      }
    }

    /**
     * Say what went wrong; a query that cannot be run is the reader's to change, the rest is not.
     * @param {unknown} error
     */
    async explain(error) {
      const known = error instanceof SearchError;
      if (known && error.code === "version" && await this.renew()) return;
      this.show(known ? error.message : "Searching failed on this page.", [], null);
      if (!known || isStale(error)) this.status.append(this.elsewhere.content.cloneNode(true));
    }

    /** The archive has been published by another version: load the page again, with its scripts, once. */
    async renew() {
      if (history.state?.renewed) return false;
      try {
        // Read to the end: loading the page again breaks off what is under way.
        if (root.startsWith("http")) await (await fetch(`${root}search/search.js`, { cache: "reload" })).text();
      } catch {
        return false;
      }
      history.replaceState({ renewed: true }, "");
      location.reload();
      return true;
    }

    /**
     * @param {string} message
     * @param {HTMLElement[]} items
     * @param {daybook.Answer | null} answer
     */
    show(message, items, answer) {
      this.answer = answer;
      this.results.replaceChildren(...items);
      this.added.replaceChildren();
      this.after.replaceChildren();
      /** @type {HTMLElement} */ (this.sort.parentElement).hidden = !items.length && !this.sort.value;
      this.more.hidden = true;
      if (!answer && this.status.textContent !== message) this.status.textContent = message;
    }

    /** Say what was found, and offer more where there is more. */
    tell() {
      const { answer, status, text } = this;
      if (!answer) return;
      const { total, complete, notes } = answer;
      const filtered = !total && complete && filters(answer.wish) ? " with these filters" : "";
      const count = total ? `${complete ? "" : "At least "}${counted(total, "paper")} found.`
        : text ? `Nothing found for ‘${quotable(text, 60)}’${filtered}.` : "No paper is like that.";
      const message = [count, ...notes].join(" ");
      if (status.textContent !== message) status.textContent = message;
      this.more.hidden = complete && this.results.children.length >= total;
    }

    /**
     * The list as a file, and feeds of what it is about.
     * @param {daybook.Answer} answer
     * @param {string} text
     * @param {daybook.Card[]} cards
     */
    async offer(answer, text, cards) {
      const { total, complete, wish } = answer;
      if (!total || this.answer !== answer) return;
      const which = complete && total <= MOST_CITED ? counted(total, "paper") : `the first ${counted(MOST_CITED, "paper")}`;
      const cite = button(`Cite or save ${which}`, async () => {
        cite.disabled = true; // until their cards are there
        await this.use("telling", () => daybook.page.cite(this, answer, MOST_CITED));
        cite.disabled = false;
      });
      this.after.replaceChildren(element("p", {}, [cite]));
      if (wish.topic || wish.author || isNamed(text, cards)) await this.use("telling", () => daybook.page.offerFeeds(this, answer, text));
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
