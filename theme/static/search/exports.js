// Results as files for reference managers and spreadsheets, made here from the cards.
"use strict";
(() => {
  const { root } = daybook.page;
  const { bibtex, ris, line } = daybook.citing;
  const QUOTE = "\u0022";

  /** Where a paper is, for those who have no copy of the archive. @param {daybook.Card} card */
  const address = (card) =>
    card.arxiv ? `https://arxiv.org/abs/${card.arxiv}` : card.doi ? `https://doi.org/${encodeURI(card.doi)}` : new URL(card.url, root).href;

  /** What is cited of a paper. @param {daybook.Card} card @returns {daybook.Work} */
  const work = (card) => ({ ...card, id: card.url.replace(/^.*\/|\.html$/g, ""), title: line(card.title), url: address(card),
    abstract: card.text, keywords: card.topics?.map(({ name }) => name) });

  /** A cell; what a spreadsheet would take for a formula gets an apostrophe. @param {string} text */
  const cell = (text) => QUOTE + text.replace(/^(?=[=+\-@\t\r])/, "'").replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;

  /** @param {daybook.Card} card */
  function csv(card) {
    const authors = [...(card.authors ?? []), ...(card.more ? [`and ${card.more} more`] : [])].join("; ");
    const topics = (card.topics ?? []).map(({ name }) => name).join("; ");
    const cells = [card.title, authors, card.date, topics, card.arxiv, card.doi, address(card), card.text];
    return `${cells.map((text) => cell(text ?? "")).join(",")}\r\n`;
  }

  /** @type {Record<string, { type: string, head: string, write: (card: daybook.Card) => string }>} */
  const FORMATS = {
    bib: { type: "application/x-bibtex", head: "", write: (card) => bibtex(work(card)) },
    ris: { type: "application/x-research-info-systems", head: "", write: (card) => ris(work(card)) },
    csv: { type: "text/csv", head: "title,authors,published,topics,arxiv,doi,url,abstract\r\n", write: csv },
  };

  /**
   * The text of a file of results.
   * @param {string} format
   * @param {daybook.Card[]} cards
   */
  function exported(format, cards) {
    const { head, write } = /** @type {{ head: string, write: (card: daybook.Card) => string }} */ (FORMATS[format]);
    return head + cards.map(write).join(format === "bib" ? "\n" : "");
  }

  /**
   * Let the reader save such a file.
   * @param {string} format
   * @param {daybook.Card[]} cards
   */
  function save(format, cards) {
    const blob = new Blob([exported(format, cards)], { type: `${FORMATS[format]?.type};charset=utf-8` });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `papers.${format}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  Object.assign(daybook.page, { exported, save });
})();
