// The dialog that cites papers, one or a list, in every form: to copy and to save. Loaded by daybook.js.
"use strict";
(() => {
  const { bibtex, ascii, ris, csl, apa, mla, chicago } = daybook.citing;

  /** @param {string} name @param {string} type @param {string} text */
  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** @param {(work: daybook.Work) => string} write @returns {daybook.Form} */
  const text = (write) => ["txt", "text/plain", (works) => works.map((work) => `${write(work)}\n`).join("")];

  const QUOTE = "\u0022";

  /** A cell; what a spreadsheet would take for a formula gets an apostrophe. @param {string} text */
  const cell = (text) => QUOTE + text.replace(/^(?=[=+\-@＝＋－＠\t\r])/, "'").replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE;

  /** @param {daybook.Work} work */
  function row({ title, authors = [], more, date = "", venue = "", keywords = [], arxiv = "", doi = "", url = "", abstract = "" }) {
    const names = [...authors, ...(more ? [`and ${more} more`] : [])].join("; ");
    return `${[title, names, date, venue, keywords.join("; "), arxiv, doi, url, abstract].map(cell).join(",")}\r\n`;
  }

  /** @type {Record<string, daybook.Form>} */
  const FORMS = {
    BibTeX: ["bib", "application/x-bibtex", (works) => works.map(bibtex).join("\n")],
    "BibTeX in ASCII": ["bib", "application/x-bibtex", (works) => works.map((work) => ascii(bibtex(work))).join("\n")],
    RIS: ["ris", "application/x-research-info-systems", (works) => works.map(ris).join("")],
    "CSL-JSON": ["json", "application/vnd.citationstyles.csl+json", (works) => JSON.stringify(works.map(csl), null, 1)],
    APA: text(apa), MLA: text(mla), Chicago: text(chicago),
    CSV: ["csv", "text/csv", (works) => `title,authors,published,venue,keywords,arxiv,doi,url,abstract\r\n${works.map(row).join("")}`],
  };

  /** @param {daybook.Work[]} works @param {Record<string, daybook.Form>} more */
  function showCitations(works, more) {
    const forms = { ...FORMS, ...more };
    const dialog = document.createElement("dialog");
    const title = document.createElement("h2");
    title.textContent = works.length > 1 ? `Cite ${works.length} papers` : "Cite this paper";
    title.id = "citing";
    dialog.setAttribute("aria-labelledby", title.id);
    const select = document.createElement("select");
    select.append(...Object.keys(forms).map((name) => new Option(name)));
    const label = document.createElement("label");
    label.append("Format ", select);
    const area = document.createElement("textarea");
    area.readOnly = true;
    area.ariaLabel = "Citation";
    area.rows = 12;
    const form = () => /** @type {daybook.Form} */ (forms[select.value]);
    // The area keeps no line's end as it is.
    let written = "";
    const write = () => {
      const [,, make] = form();
      area.value = written = make(works);
      status.textContent = "";
    };
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const row = document.createElement("p");
    row.className = "links";
    row.append(
      daybook.button("Copy", async () => {
        const done = await daybook.copy(written);
        if (!done) area.select();
        status.textContent = done ? "Copied." : "The browser refused to copy: the text is selected.";
      }),
      daybook.button("Download", () => save(`${works.length > 1 ? "papers" : works[0]?.id}.${form()[0]}`, form()[1], written)),
      daybook.button("Close", () => dialog.close()), status);
    dialog.append(title, label, area, row);
    select.addEventListener("change", write);
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    write();
    dialog.showModal();
  }

  Object.assign(daybook, { showCitations, save });
})();
