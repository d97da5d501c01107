// Results as files for reference managers and spreadsheets, made here from the cards.
"use strict";
(() => {
  const { root } = daybook.page;
  const QUOTE = "\u0022";
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

  /** As plugins/daybook/catalogue/bibtex.py escapes. @type {Record<string, string>} */
  const ESCAPES = { "\\": "\\textbackslash{}", "{": "\\ensuremath{\\lbrace}", "}": "\\ensuremath{\\rbrace}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "-": "-{}", "`": "`{}", "'": "'{}" };

  /** @param {string} text */
  const line = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

  /** @param {string} text */
  const latex = (text) => line(text).replace(/[\\{}~^%&#_$]|([-\x60'])(?=\1)/g, (c) => ESCAPES[c] ?? `\\${c}`);

  /** Where a paper is, for those who have no copy of the archive. @param {daybook.Card} card */
  const address = (card) =>
    card.arxiv ? `https://arxiv.org/abs/${card.arxiv}` : card.doi ? `https://doi.org/${encodeURI(card.doi)}` : new URL(card.url, root).href;

  /** @param {daybook.Card} card */
  const slug = ({ url }) => url.replace(/^.*\/|\.html$/g, "");

  /** @param {daybook.Card} card */
  function bibtex(card) {
    const [year, month] = (card.date ?? "").split("-");
    const authors = (card.authors ?? []).map((name) => (/,|\band\b|^others$/i.test(name) ? `{${latex(name)}}` : latex(name)));
    if (card.more) authors.push("others");
    const fields = { title: latex(card.title), author: authors.join(" and "), year,
      month: month && MONTHS[Number(month) - 1], eprint: card.arxiv, archiveprefix: card.arxiv && "arXiv",
      doi: card.doi?.replace(/[\\{}%#\s]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`), url: address(card) };
    const lines = Object.entries(fields).filter(([, value]) => value)
      .map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},\n`);
    return `@misc{${slug(card)},\n${lines.join("")}}\n`;
  }

  /** Family name first, as the archive's own index sorts. @param {string} name */
  const familyFirst = (name) => line(name).replace(/,/g, " ").replace(/^(.+) (\S+)$/, "$2, $1");

  /** @param {daybook.Card} card */
  function ris(card) {
    /** @type {[string, string | undefined][]} */
    const fields = [["TY", "GEN"], ["ID", slug(card)], ["TI", card.title], ...(card.authors ?? []).map((name) =>
      /** @type {[string, string]} */ (["AU", familyFirst(name)])), ["PY", card.date?.slice(0, 4)],
    ["DA", card.date && `${card.date.replaceAll("-", "/")}${"/".repeat(4 - card.date.split("-").length - 1)}`],
    ["AB", card.text], ...(card.topics ?? []).map(({ name }) => /** @type {[string, string]} */ (["KW", name])),
    ["DO", card.doi], ["UR", address(card)]];
    return `${fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${line(value ?? "")}\r\n`).join("")}ER  - \r\n`;
  }

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
    bib: { type: "application/x-bibtex", head: "", write: bibtex },
    ris: { type: "application/x-research-info-systems", head: "", write: ris },
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
