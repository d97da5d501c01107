// A paper's own page: all that is known of it, its star, the reader's notes, copying and sharing. Loaded by daybook.js.
"use strict";
(() => {
  const { load, say, copy, button, kept, star, slug, canonical, lasting, textOf, starOf } = daybook;
  /** What the page of a paper says of it. @param {Document} page @param {string} address @returns {daybook.Work} */
  daybook.paper = (page, address) => {
    const text = page.querySelector("pre#bibtex")?.textContent;
    /** @param {string} name */
    const told = (name) =>
      [...page.querySelectorAll(`meta[name=citation_${name}]`)].map((meta) => /** @type {HTMLMetaElement} */ (meta).content);
    /** @param {string} name */
    const field = (name) => text?.match(`\n  ${name} = \\{(.*)\\},\n`)?.[1] ?? "";
    const names = [...page.querySelectorAll("article > header .by a, article > header .by")].map(textOf);
    const shown = names.length > 1 ? names.slice(1) : (names[0] ?? "").split(", ").filter((name) => name && !/^\d+ authors?$/.test(name));
    const authors = told("author");
    // Of very many, tags name the first 5,000; the page shows thirty, and says how many are folded.
    const folded = Number(textOf(page.querySelector("article > header .by summary")).replace(/\D/g, ""));
    const home = /** @type {HTMLAnchorElement | null} */ (page.querySelector('header .links a:is([href^="https://arxiv.org/abs/"], [href^="https://doi.org/"])'));
    return {
      id: slug(address), title: told("title")[0] ?? textOf(page.querySelector("main h1")), authors: authors.length ? authors : shown,
      more: authors.length && folded ? Math.max(0, folded + 30 - authors.length) : 0,
      date: page.querySelector("article time")?.getAttribute("datetime") ?? "", venue: told("conference_title")[0] ?? "",
      arxiv: field("eprint") || (text ? "" : told("arxiv_id")[0]), doi: told("doi")[0] ?? field("doi"),
      url: field("url") || (text ? "" : home?.href) || lasting(address),
      abstract: [...page.querySelectorAll("section.text p")].map(textOf).join(" "),
    };
  };

  /** The page's BibTeX or, where that has no room on it, a paragraph. */
  const source = document.getElementById("bibtex");
  if (!source) return; // a page that looks others up
  const paper = () => daybook.paper(document, location.href);
  daybook.works = () => [paper()];

  const { id, title } = paper();
  const starring = starOf(paper);
  document.querySelector("article > header")?.append(starring);
  /** Have room for notes once the paper is starred, here or in another window. */
  const annotate = () => kept(id) !== null && load("notes.js").then(() => {
    // A list says less of a paper than its own page.
    const before = daybook.entry(id);
    const now = paper();
    if (!before || document.querySelector(".mine")) return;
    star({ ...before, ...now, more: now.authors?.length ? now.more : before.more ?? 0 });
    (source.closest("section") ?? source).before(daybook.notes(id));
  }, () => undefined);
  annotate();
  starring.addEventListener("click", annotate);
  addEventListener("storage", annotate);
  const link = () => canonical || location.href;
  const place = document.querySelector("#bibtex + .links, p#bibtex");
  place?.append(source.matches("pre") ? button("Copy", async () => {
    const done = await copy(source.textContent ?? "");
    if (!done) getSelection()?.selectAllChildren(source);
    say(done ? "Copied." : "The browser refused to copy: the text is selected.");
  }) : button("BibTeX", () => daybook.cite()), button("Copy link", async () => say(await copy(link()) ? "Link copied." : link())));
  if ("share" in navigator) place?.append(button("Share", () => navigator.share({ title, url: link() }).catch(() => undefined)));
})();
