// What every page can do beyond reading: stars, citing, keys, marks. What takes more is loaded when asked for,
// and what a paper's own page can do by paper.js.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const base = new URL("../", script.src).href;
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const isPaper = Boolean(document.getElementById("bibtex"));

  // Over HTTP what was visited can be read again without a network. A page of no origin, from a disk or in a sandbox
  // (so hosts of build results show them), may not even ask.
  if ("offline" in script.dataset && origin !== "null" && "serviceWorker" in navigator) {
    navigator.serviceWorker.register(`${base}service-worker.js`).catch(() => undefined);
  }

  /** @type {Record<string, Promise<void>>} */
  const loading = {};
  const lacking = () => say("A part of this page could not be loaded. Is there a connection?");

  /** @param {string} name */
  function load(name) {
    return loading[name] ??= new Promise((done, failed) => {
      const part = document.createElement("script");
      part.src = new URL(name, script.src).href;
      part.addEventListener("load", () => done());
      part.addEventListener("error", () => {
        delete loading[name];
        part.remove();
        failed(new Error(name));
      });
      document.head.append(part);
    });
  }

  /** A text, its formulas as plain text. @param {Element | null | undefined} element */
  function textOf(element) {
    const copy = /** @type {Element | undefined} */ (element?.cloneNode(true));
    for (const formula of copy?.querySelectorAll("math") ?? []) {
      // A long one is several, as `mathml.py` parts it.
      formula.replaceWith(`${formula.getAttribute("alttext")}${formula.nextSibling?.nodeName === "WBR" ? " " : ""}`);
    }
    return (copy?.textContent ?? "").replace(/\s+/g, " ").trim();
  }

  /** @param {string} label @param {() => void} act */
  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  document.body.append(said);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let saying;

  /** @param {string} text @param {string} [label] @param {() => void} [act] @param {number} [time] */
  function say(text, label, act, time = 12_000) {
    said.replaceChildren(text, ...(label && act ? [" ", button(label, () => {
      said.replaceChildren();
      act();
    })] : []));
    clearTimeout(saying);
    saying = setTimeout(() => said.replaceChildren(), time);
  }

  /** Whether a text is on the clipboard now. @param {string} text */
  const copy = (text) => load("copying.js").then(() => daybook.copied(text)).catch(() => false);

  // What the reader keeps: one item a paper, so that two tabs never write over each other's papers.
  const prefix = `daybook ${new URL(base).pathname} `;
  /** What the browser refused to keep. @type {Map<string, string | null>} */
  const memory = new Map();

  /** @param {string} name */
  function kept(name) {
    if (memory.has(name)) return memory.get(name) ?? null;
    try {
      return localStorage.getItem(prefix + name);
    } catch {
      return null;
    }
  }

  /** @param {string} name @param {string | null} value */
  function keep(name, value) {
    try {
      if (value === null) localStorage.removeItem(prefix + name);
      else localStorage.setItem(prefix + name, value);
      memory.delete(name);
    } catch (error) {
      memory.set(name, value);
      const full = error instanceof DOMException && error.name === "QuotaExceededError";
      say(`Your browser ${full ? "has no room to keep this" : "does not let this site keep anything"}: it will be forgotten when you leave this page.`);
    }
    tell();
  }

  /** @param {daybook.Entry} work */
  function star(work) {
    const { id, title, authors, more, date, venue, arxiv, doi, starred = Date.now(), read, tags, note } = work;
    keep(id, JSON.stringify({ title, authors, more, date, venue, arxiv, doi, starred, read, tags, note }));
  }

  /** @param {string} url */
  const slug = (url) => url.replace(/^[^?#]*\/|\.html.*$/g, "");

  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href ?? "";
  const below = location.href.replace(/[?#].*/s, "").slice(base.length) || "index.html";
  const named = canonical.replace(/\/$/, "/index.html");
  const site = named.endsWith(below) ? named.slice(0, -below.length) : base;

  /** Where others reach what is read here, maybe from a disk or a preview. @param {string} url */
  const lasting = (url) => url.replace(base, site).replace(/^file:.*/s, "");

  /** @param {Element} item @returns {daybook.Work} */
  function listed(item) {
    const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
    const [, names = "", more] = textOf(item.querySelector(".by")).match(/^(.*?)(?: and ([\d,]+) more)?$/) ?? [];
    const counted = names.match(/^([\d,]+) authors?$/);
    const { arxiv, doi, authors: all } = /** @type {HTMLElement} */ (item).dataset;
    const shown = counted ? [] : names.split(", ").filter(Boolean), authors = all?.split("; ") ?? shown;
    return {
      id: slug(link.href), title: textOf(link), authors, venue: textOf(item.querySelector(".where")), arxiv, doi,
      more: Number((counted?.[1] ?? more ?? "0").replaceAll(",", "")) + shown.length - authors.length,
      date: item.querySelector("time")?.getAttribute("datetime") ?? "", url: lasting(link.href),
    };
  }

  /** Items of lists that are papers'. @param {Element} [list] */
  const papers = (list = main) => [...list.querySelectorAll(list === main ? ".cards > li" : ":scope > li")]
    .filter((item) => item.querySelector("a")?.href.startsWith(`${base}papers/`));

  /** @returns {daybook.Work[]} */
  const works = () => papers().map(listed);

  /** Show on every star whether its paper is starred now. */
  function tell() {
    for (const made of document.querySelectorAll(".star")) /** @type {daybook.Button} */ (made).tell?.();
  }

  /** @param {() => daybook.Work} work */
  function starOf(work) {
    const { id, title } = work();
    /** @type {daybook.Button} */
    const made = button("", () => {
      const before = kept(id);
      if (before === null) {
        star(work());
        if (kept(id) && !memory.has(id)) say("On your reading list.", "Show it", () => location.assign(`${base}reading-list.html`));
      } else {
        keep(id, null);
        // Notes go with it: nobody has to be quick to have them back.
        say("Taken off your reading list.", "Put it back", () => keep(id, before), 1e9);
      }
    });
    made.className = "star";
    made.ariaLabel = `Star: ${title}`;
    made.tell = () => {
      const now = kept(id) !== null;
      made.textContent = now ? "★" : "☆";
      made.ariaPressed = String(now);
    };
    made.tell();
    return made;
  }

  /** @param {Element} list */
  function dress(list) {
    for (const item of papers(list)) {
      if (item.querySelector(".star")) continue;
      const work = listed(item);
      // COinS, https://ocoins.info: Zotero and others find the papers of a list by them.
      const facts = new URLSearchParams({ ctx_ver: "Z39.88-2004", rft_val_fmt: "info:ofi/fmt:kev:mtx:journal", "rft.genre": "article",
        "rft.atitle": work.title, "rft.date": work.date ?? "", "rft.jtitle": work.venue ?? "", rft_id: work.url ?? "" });
      if (work.doi) facts.append("rft_id", `info:doi/${work.doi}`);
      for (const name of work.authors ?? []) facts.append("rft.au", name);
      const mark = document.createElement("span");
      mark.className = "Z3988";
      mark.title = facts.toString();
      mark.ariaHidden = "true";
      item.append(starOf(() => listed(item)), mark);
    }
    document.dispatchEvent(new Event("ZoteroItemUpdated", { bubbles: true, cancelable: true }));
  }

  /** @param {daybook.Work[]} [some] @param {Record<string, daybook.Form>} [forms] */
  async function cite(some, forms = {}) {
    try {
      for (const name of [...(isPaper ? ["paper.js"] : []), "citing.js"]) await load(name);
      some ??= daybook.works();
      if (some.length) daybook.showCitations(some, forms);
    } catch {
      lacking();
    }
  }

  async function mark() {
    if (kept(":marks")) await load("marking.js");
    daybook.showMarks?.();
  }

  const shared = { base, load, say, copy, button, prefix, memory, kept, keep, star, slug, canonical, lasting, textOf, starOf, listed, works, dress, cite, mark };
  Object.assign(/** @type {any} */ (globalThis).daybook ??= {}, shared);

  /** Where keys are typed. */
  const TYPING = "input, textarea, select, [contenteditable], [role=textbox], dialog[open] *";

  // The policy lets forms post to the keeper's mailing service and nowhere else.
  const search = document.querySelector("body > header form");
  search?.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (search);
    location.assign(`${form.action}?${new URLSearchParams({ q: form.q.value })}`);
  });

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || !/^[acdghj-mopsty?/n]$/.test(key)) return;
    if ((target instanceof Element && target.closest(TYPING)) || document.querySelector("dialog[open]") || kept(":keys") === "off") return;
    event.preventDefault();
    if (key !== "/") return void Promise.all(["keys.js", ...(isPaper ? ["paper.js"] : [])].map(load)).then(() => daybook.press(key), lacking);
    const box = document.querySelector("main input[type=search], input[type=search]");
    if (!(box instanceof HTMLInputElement)) return;
    box.focus();
    box.select();
  });

  addEventListener("storage", ({ key }) => {
    if (key && !key.startsWith(prefix)) return;
    tell();
    if (!key || key.endsWith(" :marks")) mark();
  });

  // A page that 'back' shows again has heard nothing meanwhile.
  addEventListener("pageshow", ({ persisted }) => persisted && dispatchEvent(new Event("storage")));

  if (isPaper) load("paper.js").catch(() => undefined);
  else {
    // A list at a time, so that a slow phone answers a touch between two.
    for (const list of document.querySelectorAll(".cards")) setTimeout(() => dress(list));
    const found = document.getElementById("search-results");
    if (found) new MutationObserver(() => dress(found)).observe(found, { childList: true });
  }
  const header = document.querySelector("main:not(.home) > header, article > header");
  if (header && (isPaper || papers().length)) {
    const citing = button("Cite", () => cite());
    const links = header.querySelector(".links");
    const place = links ? document.createElement("li") : citing;
    place.className = "cite";
    if (links) place.append(citing);
    if (links) links.append(place);
    else header.querySelector("h1")?.after(place); // in the order in which it is seen: before what the header leads to
  }
  mark().catch(() => undefined);
})();
