// Cite: what a page shows, a paper or a list, as files for reference managers and as text; loaded by daybook.js.
"use strict";
(() => {
  const { bibtex, ascii, ris, csl, apa, mla, chicago, line } = daybook.citing;

  /** @param {Element | null} element */
  const textOf = (element) => line(element?.textContent ?? "");

  /** @param {string} name */
  const told = (name) =>
    [...document.querySelectorAll(`meta[name="citation_${name}"]`)].map((meta) => /** @type {HTMLMetaElement} */ (meta).content);

  /** @param {string} url */
  const slug = (url) => url.replace(/^.*\/|\.html.*$/g, "");

  /** What the page of a paper says of it. @returns {daybook.Work} */
  function paper() {
    const text = document.getElementById("bibtex")?.textContent ?? "";
    /** @param {string} name */
    const field = (name) => text.match(`\n  ${name} = \\{(.*)\\},\n`)?.[1] ?? "";
    const names = [...document.querySelectorAll("article > header .by a, article > header .by")].map(textOf);
    const shown = names.length > 1 ? names.slice(1) : (names[0] ?? "").split(", ").filter((name) => name && !/^\d+ authors?$/.test(name));
    const authors = told("author").length ? told("author") : shown;
    return {
      id: text.match(/\{(.*),/)?.[1] ?? slug(location.pathname), title: told("title")[0] ?? textOf(document.querySelector("h1")), authors,
      date: document.querySelector("article time")?.getAttribute("datetime") ?? "", venue: told("conference_title")[0] ?? "",
      arxiv: field("eprint"), doi: told("doi")[0] ?? field("doi"), url: field("url") || location.href,
      abstract: [...document.querySelectorAll("section.text p")].map(textOf).join(" "),
    };
  }

  /** What a list says of one of its papers. @param {Element} item @returns {daybook.Work} */
  function listed(item) {
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    const [, names = "", more] = textOf(item.querySelector(".by")).match(/^(.*?)(?: and (\d+) more)?$/) ?? [];
    const counted = names.match(/^(\d+) authors?$/);
    return {
      id: slug(link.href), title: textOf(link), authors: counted ? [] : names.split(", ").filter(Boolean),
      more: Number(counted?.[1] ?? more ?? 0), date: item.querySelector("time")?.getAttribute("datetime") ?? "", url: link.href,
    };
  }

  const isPaper = Boolean(document.getElementById("bibtex"));
  const items = [...document.querySelectorAll(".cards > li")];
  const works = () => (isPaper ? [paper()] : items.map(listed));

  // COinS, https://ocoins.info: Zotero and others find the papers of a list by them.
  for (const item of isPaper ? [] : items) {
    const work = listed(item);
    const facts = new URLSearchParams({ ctx_ver: "Z39.88-2004", rft_val_fmt: "info:ofi/fmt:kev:mtx:journal", "rft.genre": "article",
      "rft.atitle": work.title, "rft.date": work.date ?? "", rft_id: work.url ?? "" });
    for (const name of work.authors ?? []) facts.append("rft.au", name);
    const mark = document.createElement("span");
    mark.className = "Z3988";
    mark.title = facts.toString();
    mark.ariaHidden = "true";
    item.append(mark);
  }
  document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));

  /** @param {string} name @param {string} type @param {string} text */
  function save(name, type, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  /** @type {Record<string, [string, string, () => string]>} */
  const FILES = {
    BibTeX: ["bib", "application/x-bibtex", () => works().map(bibtex).join("\n")],
    LaTeX: ["bib", "application/x-bibtex", () => works().map((work) => ascii(bibtex(work))).join("\n")],
    RIS: ["ris", "application/x-research-info-systems", () => works().map(ris).join("")],
    "CSL-JSON": ["json", "application/vnd.citationstyles.csl+json", () => JSON.stringify(works().map(csl), null, 1)],
  };
  const TEXTS = { APA: apa, MLA: mla, Chicago: chicago };
  const link = () => /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? location.href;

  const place = isPaper ? document.querySelector("#bibtex + .links") : document.querySelector("main > header");
  const box = isPaper ? place : document.createElement("p");
  const status = document.createElement("span");
  status.setAttribute("role", "status");

  /** @param {string} name @param {() => void} act */
  function button(name, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = name;
    made.addEventListener("click", act);
    box?.append(made, " ");
  }

  /** @param {string} name @param {string} text */
  async function copy(name, text) {
    const area = document.createElement("textarea");
    area.value = text;
    box?.append(area);
    area.select();
    const done = await navigator.clipboard?.writeText(text).then(() => true, () => false) || document.execCommand("copy");
    area.remove();
    status.textContent = done ? `${name} copied` : "The browser refused to copy";
  }

  if (!place || !box || !(isPaper || items.length)) return;
  if (!isPaper) {
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "Cite these papers";
    box.className = "links";
    details.append(summary, box);
    place.append(details);
  }
  for (const [name, [ending, type, text]] of Object.entries(FILES)) {
    if (name === "BibTeX" && document.querySelector("main a[href$='.bib']")) continue;
    button(name, () => save(`${isPaper ? works()[0]?.id : "papers"}.${ending}`, type, text()));
  }
  for (const [name, cite] of Object.entries(TEXTS)) button(name, () => copy(name, works().map(cite).join("\n")));
  button("Link", () => copy("Link", link()));
  box.append(status);
})();
