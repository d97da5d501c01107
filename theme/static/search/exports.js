// Results as files for reference managers and spreadsheets, made here from the cards.
"use strict";
(() => {
  const { root, element } = daybook.page;

  /** What writes citations is loaded when somebody first wants one. @returns {Promise<daybook.Citing>} */
  const citing = async () => daybook.citing ?? new Promise((resolve, reject) => {
    const script = element("script", { src: `${root}assets/citing.js` });
    script.addEventListener("load", () => resolve(daybook.citing));
    script.addEventListener("error", () => reject(new daybook.search.SearchError("missing", "The file could not be written: assets/citing.js is missing.")));
    document.head.append(script);
  });

  const QUOTE = "\u0022";

  /** Where a paper is, for those who have no copy of the archive. @param {daybook.Card} card */
  const address = (card) =>
    card.arxiv ? `https://arxiv.org/abs/${card.arxiv}` : card.doi ? `https://doi.org/${encodeURI(card.doi)}` : new URL(card.url, root).href;

  /** What is cited of a paper. @param {daybook.Card} card @param {daybook.Citing} citing @returns {daybook.Work} */
  const work = (card, { line }) => ({ ...card, id: card.url.replace(/^.*\/|\.html$/g, ""), title: line(card.title), url: address(card),
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

  /** @type {Record<"bib" | "ris" | "csv", { type: string, head: string, write: (card: daybook.Card, citing: daybook.Citing) => string }>} */
  const FORMATS = {
    bib: { type: "application/x-bibtex", head: "", write: (card, citing) => citing.bibtex(work(card, citing)) },
    ris: { type: "application/x-research-info-systems", head: "", write: (card, citing) => citing.ris(work({ ...card, ...card.shown }, citing)) },
    csv: { type: "text/csv", head: "title,authors,published,topics,arxiv,doi,url,abstract\r\n", write: csv },
  };

  /**
   * Let the reader save a file of results.
   * @param {string} format
   * @param {daybook.Card[]} cards
   */
  async function save(format, cards) {
    const { type, head, write } = FORMATS[/** @type {"bib"} */ (format)];
    const written = await citing();
    const text = head + cards.map((card) => write(card, written)).join(format === "bib" ? "\n" : "");
    const href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    element("a", { href, download: `papers.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  }

  Object.assign(daybook.page, { save });
})();
