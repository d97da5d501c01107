// Reads lists of papers that other programs, or this archive, wrote: JSON, CSL-JSON, BibTeX, RIS, Markdown.
// And finds their papers in the archive.
"use strict";
(() => {
  const own = /** @type {any} */ (globalThis);

  /** TeX's commands, accents and braces taken away, as far as a title is told by its letters. @param {string} text */
  const untexed = (text) => text.replace(/\\[a-zA-Z]{3,}\s*|\\[a-zA-Z](?=\s*\{)|\\[^a-zA-Z\s]|\\(?=[a-zA-Z])|[{}$]/g, (part) => (/^\\[&%#_]$/.test(part) ? part[1] ?? "" : ""))
    .replace(/\s+/g, " ").trim();

  /** Letters that are no accented ones, as TeX names them. @type {Record<string, string>} */
  const LETTERS = { ł: "l", ø: "o", æ: "ae", œ: "oe", ß: "ss", ð: "dh", þ: "th", đ: "dj", ı: "i" };

  /** A title by its letters and digits alone. @param {string} title */
  const plain = (title) => untexed(title).normalize("NFKD").replace(/[^\p{L}\p{N}]/gu, "").toLowerCase().replace(/[łøæœßðþđı]/g, (letter) => LETTERS[letter] ?? "");

  // A file may be of any size: no pattern looks at a letter more than some hundred times.

  /** @param {string} raw */
  const arxivOf = (raw) =>
    raw.match(/(?:arxiv|eprint)[^\d\n]{0,40}?(\d{4}\.\d{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?\/\d{7})/i)?.[1] ?? "";

  /** @param {string} raw */
  const doiOf = (raw) => (raw.match(/\b10\.\d{4,9}\/[^\s"{}<>,]*[^\s"{}<>,.;)]/)?.[0] ?? "").toLowerCase();

  /** The fields of a record of BibTeX; what stands in one of them is none. @param {string} raw */
  function fields(raw) {
    const found = /** @type {Record<string, string>} */ ({});
    const names = /[,\s]([a-z][\w-]*)\s*=\s*(?:"([^"]*)")?/gi;
    for (let start, unended = 0; unended < 20 && (start = names.exec(raw));) {
      let [, name = "", value = ""] = start;
      const from = names.lastIndex;
      if (raw[from] === "{") {
        let depth = 0, at = from;
        do {
          if (raw[at] === "\\") at++;
          else if (raw[at] === "{") depth++;
          else if (raw[at] === "}") depth--;
        } while (++at < raw.length && depth);
        if (depth) unended++;
        else [value, names.lastIndex] = [raw.slice(from + 1, at - 1), at];
      }
      found[name.toLowerCase()] ??= value;
    }
    return found;
  }

  /** What a record says that it is itself: its title, abstract and notes may name other papers. @param {Record<string, string>} said */
  const identifying = (said) => ["eprint", "doi", "url", "journal", "howpublished", "note"].map((name) => `${name}=${said[name] ?? ""}`)
    .filter((one) => !/^note=.*\s\S+\s/.test(one)).join("\n");

  /** @param {string} text @returns {daybook.Told[]} */
  const fromBibtex = (text) => text.split(/^[ \t]*(?=@)/m).filter((raw) => /^@(?!comment|string|preamble)\w+\s*[{(]/i.test(raw)).map((raw) => {
    const said = fields(raw);
    const { line, unlatex } = own.daybook.citing;
    const note = unlatex(said.annote ?? said.annotation ?? said.comment ?? "").trim();
    return { raw: identifying(said), id: raw.match(/[{(]\s*([^,\s]*)/)?.[1] ?? "", title: untexed(said.title ?? ""),
      tags: (said.keywords ?? "").split(/[,;](?!})/).map((tag) => line(unlatex(tag))).filter(Boolean), ...(note && { note }) };
  });

  /** @param {string} text @returns {daybook.Told[]} */
  const fromRis = (text) => text.split(/^ER {2}-.*$/m).filter((raw) => /^TY {2}-/m.test(raw)).map((raw) => {
    const all = (/** @type {string} */ tag) => [...raw.matchAll(new RegExp(`^(?:${tag}) {2}- ?(.*)$`, "gm"))].map((found) => (found[1] ?? "").trim());
    const note = raw.split(/^(?=[A-Z][A-Z\d] {2}-)/m).filter((part) => part.startsWith("N1")).map((part) => part.slice(6).replace(/^ {1,6}/gm, "").trim()).join("\n");
    return { raw: all("AN|DO|UR|L[1-4]|M[13]|J[AFO]|T2").join("\n"), id: all("ID")[0] ?? "", title: all("TI|T1")[0] ?? "", tags: all("KW"), ...(note && { note }) };
  });

  /** The first link of every item or line; tags and a note where it is a task, as this archive writes them. @param {string} text @returns {daybook.Told[]} */
  const fromMarkdown = (text) => text.split(/\n(?! {2})/).flatMap((item) => {
    const [, task, title, raw, rest = "", note = ""] = item.match(/^(?:\s*[-*+] \[([ x])\])?.*?\[((?:\\.|[^[\]\\\n])+)\]\((\S{1,999}?)\)(.*)\n?([^]*)/i) ?? [];
    const written = (/** @type {string} */ part) => part.trim().replaceAll("&#35;", "#").replace(/\\(.)/g, "$1");
    const [indent = ""] = note.match(/^ +/) ?? [];
    return title && raw ? {
      raw, id: "", title: written(title), tags: task ? rest.split(" \\#").slice(1).map(written) : [],
      ...(task && task !== " " && { read: true }), ...(task && note && { note: written(`\n${note}`.replaceAll(`\n${indent}`, "\n")) }),
    } : [];
  });

  /** A text, or a number as one. @param {unknown} value */
  const text = (value) => (/^(string|number)$/.test(typeof value) ? `${value}` : "");

  /** @param {any} item @returns {daybook.Told} */
  const fromItem = (item) => ({
    raw: JSON.stringify(item, (key, value) => (/^(title|abstract|note|annote|keyword|tags|authors?|relation|references?)$/.test(key) ? undefined : value)),
    id: text(item.id), title: text(item.title),
    ...(item.read === true && { read: true }), ...(typeof item.note === "string" && { note: item.note }),
    tags: Array.isArray(item.tags) ? item.tags.map(text).filter(Boolean) : text(item.keyword).split(/,/.test(item.keyword) ? "," : ";").map((tag) => tag.trim()).filter(Boolean),
    ...(Number.isFinite(item.starred) && { starred: item.starred }),
  });

  /**
   * What a file lists; nothing if it is of no known kind.
   * @param {string} text
   * @returns {daybook.Told[]}
   */
  function read(text) {
    text = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
    if (/^\s*[[{]/.test(text)) {
      try {
        const value = JSON.parse(text);
        const items = Array.isArray(value) ? value : value.papers ?? value.items ?? [value];
        return Array.isArray(items) ? items.filter((item) => item && typeof item === "object").map(fromItem) : [];
      } catch {
        return [];
      }
    }
    const [first = ""] = text.match(/^(?:TY {2}-|[ \t]*@)/m) ?? [];
    return (!first ? fromMarkdown : first.endsWith("@") ? fromBibtex : fromRis)(text);
  }

  /** @param {daybook.Card} card @returns {daybook.Entry} */
  const known = ({ title, url, authors = [], more, date, venue, arxiv = "", doi = "" }) =>
    /** @type {daybook.Entry} */ ({ id: daybook.slug(url), title, authors, more, date, venue, arxiv, doi });

  /** The paper of an address, by the page that is there or the one that it leads on to; from a disk nothing can be read. @param {string} id @param {number} [steps] @returns {Promise<daybook.Entry | null>} */
  async function addressed(id, steps = 3) {
    const address = `${daybook.base}papers/${id}.html`;
    const answer = address.startsWith("http") && steps && await fetch(address).catch(() => null);
    if (!answer || !answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.getElementById("bibtex")) return daybook.load("paper.js").then(() => daybook.paper(page, address));
    const near = page.querySelector("meta[http-equiv=refresh]")?.getAttribute("content")?.match(/\/papers\/([a-z0-9-]+)\.html$/)?.[1];
    return near ? addressed(near, steps - 1) : null;
  }

  /** @type {daybook.AnyClient | undefined} */
  let client;

  /** A paper of the archive, by its identifiers, its title or its address. @param {daybook.Told} told @returns {Promise<daybook.Entry | null>} */
  async function find({ raw, id = "", title = "" }) {
    const { base, load, slug } = daybook;
    if (!daybook.search) await load("../search/search.js");
    client ??= daybook.search.openClient(`${base}search/`);
    const [own] = await client.identified(`${arxivOf(raw)} ${doiOf(raw)}`);
    if (own) return known(own);
    const address = raw.match(/papers\/([a-z0-9-]+)\.html/)?.[1];
    const name = address ?? id;
    for (const text of [title, /^[a-z0-9-]+$/.test(name) ? name : ""]) {
      const words = text.replace(/[^\p{L}\p{N}]+/gu, " ").trim().split(" ").slice(0, 12).join(" ").slice(0, 500);
      if (!words) continue;
      const cards = await (await client.search(words)).cards(0, 20);
      const card = cards.find((one) => slug(one.url) === name) ?? cards.find((one) => plain(title) && plain(one.title) === plain(title));
      if (card) return known(card);
    }
    // The search knows neither the letters that a slug stands for nor where a paper was before.
    return address || raw === id ? addressed(name) : null;
  }

  (own.daybook ??= {}).importing = { read, find, arxivOf, doiOf, plain };
})();
