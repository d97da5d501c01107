// The search page: what is typed, the results, the address. Every text goes in as text.
"use strict";
(() => {
  const PAGE = 10;
  const PASSAGE = 280;
  const SHOWN_AUTHORS = 6;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December"];

  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** The base folder, as every URL of the index is relative to it. */
  const root = new URL("../../", script.src).href;

  /**
   * @param {string} tag
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} children
   */
  function element(tag, attributes = {}, children = []) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  }

  /** @param {daybook.Piece[]} pieces */
  const marked = (pieces) =>
    pieces.map(({ text, marked }) => (marked ? element("mark", {}, [text]) : text));

  /** @param {string} date */
  function dateText(date) {
    const [year = "", month, day] = date.split("-");
    return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
  }

  /** @param {number} number @param {string} noun */
  const counted = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  /**
   * The first authors, and whoever else was searched for.
   * @param {daybook.Card} card
   * @param {ReadonlySet<string>} terms
   */
  function byline(card, terms) {
    const names = card.authors ?? [];
    const pieces = names.map((name) => daybook.search.marked(name, terms));
    const shown = pieces.filter((parts, i) => i < SHOWN_AUTHORS || parts.some((part) => part.marked));
    const more = names.length - shown.length + (card.more ?? 0);
    const list = shown.flatMap((parts, i) => (i ? [", ", ...marked(parts)] : marked(parts)));
    if (more) list.push(shown.length ? ` and ${more.toLocaleString("en")} more` : counted(more, "author"));
    return list;
  }

  /**
   * @param {daybook.Card} card
   * @param {ReadonlySet<string>} terms
   */
  function facts(card, terms) {
    const items = (card.topics ?? []).map(({ name, url }) =>
      element("li", {}, [element("a", { href: root + url }, marked(daybook.search.marked(name, terms)))]));
    if (card.date) {
      const time = element("time", { datetime: card.date }, [dateText(card.date)]);
      items.unshift(element("li", { class: "when" }, [time]));
    }
    return items;
  }

  /** @type {Set<string>} */
  const NONE = new Set();

  /**
   * One result, as theme/templates/daybook/_macros.html shows a paper in a list.
   * @param {daybook.Card} card
   * @param {Record<string, Set<string>>} terms
   */
  function result(card, { title = NONE, abstract = NONE, author = NONE, topic = NONE }) {
    const { marked: mark, passage } = daybook.search;
    const link = element("a", { href: root + card.url }, marked(mark(card.title, title)));
    const parts = [element("h2", {}, [link])];
    const authors = byline(card, author);
    if (authors.length) parts.push(element("p", { class: "by" }, authors));
    if (card.text) parts.push(element("p", { class: "excerpt" }, marked(passage(card.text, abstract, PASSAGE))));
    const items = facts(card, topic);
    if (items.length) parts.push(element("ul", { class: "facts" }, items));
    return element("li", {}, parts);
  }

  /** Where to look when searching does not work. */
  function elsewhere() {
    const ways = [["topics", "topics/index.html"], ["authors", "authors/index.html"], ["dates", "dates/index.html"],
      ["digests", "digests/index.html"]];
    const links = ways.flatMap(([name = "", url = ""], i) =>
      [i ? (i === ways.length - 1 ? " or " : ", ") : "", element("a", { href: root + url }, [name])]);
    return element("span", {}, [" Every paper is also found through the ", ...links, "."]);
  }

  class SearchPage {
    /**
     * @param {HTMLFormElement} form
     * @param {HTMLInputElement} input
     * @param {HTMLElement} status
     * @param {HTMLElement} results
     */
    constructor(form, input, status, results) {
      this.form = form;
      this.input = input;
      this.status = status;
      this.results = results;
      this.client = new daybook.search.Client(daybook.search.scriptRunner(`${root}search/`));
      this.more = /** @type {HTMLButtonElement} */ (element("button", { type: "button" }, ["Show more"]));
      this.more.hidden = true;
      this.results.after(this.more);
      this.asked = "";
      this.busy = false;
      /** @type {daybook.Answer | null} */
      this.answer = null;
    }

    listen() {
      this.form.addEventListener("submit", (event) => {
        event.preventDefault();
        this.ask(this.input.value);
      });
      this.input.addEventListener("input", () => this.ask(this.input.value));
      this.more.addEventListener("click", () => this.showMore());
      addEventListener("popstate", () => this.readAddress());
      this.readAddress();
      if (!this.input.value) this.input.focus({ preventScroll: true });
    }

    /** Search for what the address says; a malformed one is read as far as it can be. */
    readAddress() {
      this.input.value = new URLSearchParams(location.search).get("q") ?? "";
      this.ask(this.input.value);
    }

    /**
     * Search; while one search runs only the newest text waits.
     * @param {string} text
     */
    async ask(text) {
      this.asked = text;
      if (this.busy) return;
      this.busy = true;
      let done;
      do {
        done = this.asked;
        await this.run(done.trim());
      } while (this.asked !== done);
      this.busy = false;
    }

    /** @param {string} text */
    async run(text) {
      this.writeAddress(text);
      if (!text) return this.show("", [], null);
      try {
        const answer = await this.client.search(text);
        const cards = await answer.cards(0, PAGE);
        this.show(said(answer, text), cards.map((card) => result(card, answer.terms)), answer);
      } catch (error) {
        this.explain(error);
      }
    }

    /**
     * Say what went wrong; a query that cannot be run is the reader's to change, the rest is not.
     * @param {unknown} error
     */
    explain(error) {
      const known = error instanceof daybook.search.SearchError;
      this.show(known ? error.message : "Searching failed on this page.", [], null);
      if (!known || ["missing", "damaged", "version"].includes(error.code)) this.status.append(elsewhere());
    }

    /**
     * @param {string} message
     * @param {HTMLElement[]} items
     * @param {daybook.Answer | null} answer
     */
    show(message, items, answer) {
      this.status.textContent = message;
      this.results.replaceChildren(...items);
      this.answer = answer;
      this.more.hidden = !answer || items.length >= answer.total;
    }

    async showMore() {
      const { answer } = this;
      const from = this.results.children.length;
      if (!answer) return;
      const cards = await answer.cards(from, from + PAGE);
      if (this.answer !== answer || this.results.children.length !== from) return;
      const items = cards.map((card) => result(card, answer.terms));
      this.results.append(...items);
      this.more.hidden = from + items.length >= answer.total;
      items[0]?.querySelector("a")?.focus();
    }

    /** @param {string} text */
    writeAddress(text) {
      const address = new URL(location.href);
      const before = address.searchParams.get("q") ?? "";
      if (before === text) return;
      if (text) address.searchParams.set("q", text);
      else address.searchParams.delete("q");
      try {
        history.replaceState(null, "", address);
      } catch {
        // Some browsers allow only so many changes in a while; the next one will do.
      }
    }
  }

  /**
   * What was found, in words.
   * @param {daybook.Answer} answer
   * @param {string} text
   */
  function said(answer, text) {
    const short = daybook.search.quotable(text, 60);
    const count = answer.total ? `${counted(answer.total, "paper")} found.` : `Nothing found for ‘${short}’.`;
    return [count, ...answer.notes].join(" ");
  }

  const form = document.querySelector("form#search-form");
  const input = form?.querySelector("input[name=q]");
  const status = document.getElementById("search-status");
  const results = document.getElementById("search-results");
  if (form instanceof HTMLFormElement && input instanceof HTMLInputElement && status && results) {
    new SearchPage(form, input, status, results).listen();
  }
})();
