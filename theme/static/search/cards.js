// A result as the page shows it, and why it is one.
"use strict";
(() => {
  const { root, element, dateText, counted } = daybook.page;
  const PASSAGE = 280;
  const SHOWN_AUTHORS = 6;

  /** @param {daybook.Piece[]} pieces */
  const marked = (pieces) =>
    pieces.map(({ text, marked }) => (marked ? element("mark", {}, [text]) : text));

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
   * Which fields have what was searched for.
   * @param {daybook.Card} card
   * @param {Record<string, Set<string>>} terms
   */
  function fieldsFound(card, terms) {
    const texts = { title: card.title, abstract: card.text ?? "", author: (card.authors ?? []).join("\n"),
      topic: (card.topics ?? []).map(({ name }) => name).join("\n") };
    return Object.entries(texts).filter(([field, text]) => daybook.search.says(text, terms[field] ?? NONE)).map(([field]) => field);
  }

  /**
   * @param {daybook.Card} card
   * @param {Record<string, Set<string>>} terms
   */
  function facts(card, terms) {
    const items = (card.topics ?? []).map(({ name, url }) =>
      element("li", {}, [element("a", { href: root + url }, marked(daybook.search.marked(name, terms.topic ?? NONE)))]));
    if (card.date) {
      const time = element("time", { datetime: card.date }, [dateText(card.date)]);
      items.unshift(element("li", { class: "when" }, [time]));
    }
    if (card.venue) items.splice(card.date ? 1 : 0, 0, element("li", { class: "where" }, [card.venue]));
    const found = fieldsFound(card, terms);
    if (found.length) items.push(element("li", { class: "why" }, [`found in ${found.join(", ")}`]));
    return items;
  }

  /** @type {Set<string>} */
  const NONE = new Set();

  /**
   * One result, as theme/templates/daybook/_cards.html shows a paper in a list.
   * @param {daybook.Card} card
   * @param {Record<string, Set<string>>} terms
   */
  function result(card, terms) {
    const { title = NONE, abstract = NONE, author = NONE } = terms;
    const { marked: mark, passage } = daybook.search;
    const { title: name, text } = { ...card, ...card.shown };
    const link = element("a", { href: root + card.url }, marked(mark(name, title)));
    const parts = [element("h2", {}, [link])];
    const authors = byline(card, author);
    if (authors.length) parts.push(element("p", { class: "by" }, authors));
    if (text) parts.push(element("p", { class: "excerpt" }, marked(passage(text, abstract, PASSAGE))));
    const items = facts(card, terms);
    if (items.length) parts.push(element("ul", { class: "facts" }, items));
    const { arxiv, doi, authors: all = [] } = card;
    const item = element("li", { "data-arxiv": arxiv ?? "" }, parts);
    if (doi) item.dataset.doi = doi;
    if (all[SHOWN_AUTHORS]) item.dataset.authors = all.join("; ");
    return item;
  }

  Object.assign(daybook.page, { result });
})();
