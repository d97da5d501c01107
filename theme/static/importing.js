// Reads lists of papers that other programs, or this archive, wrote: JSON, CSL-JSON, BibTeX, RIS, Markdown.
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

  /** @param {string} text */
  const parts = (text) => text.split(/[,;]/).map((part) => part.trim()).filter(Boolean);

  /** @param {string} raw */
  const arxivOf = (raw) =>
    raw.match(/(?:arxiv|eprint)[^\d\n]{0,40}?(\d{4}\.\d{4,5}|[a-z-]{1,20}(?:\.[A-Z]{2})?\/\d{7})/i)?.[1] ?? "";

  /** @param {string} raw */
  const doiOf = (raw) => (raw.match(/\b10\.\d{4,9}\/[^\s"{}<>,]*[^\s"{}<>,.;)]/)?.[0] ?? "").toLowerCase();

  /** @param {string} raw @param {string} name */
  function field(raw, name) {
    const start = raw.match(new RegExp(`[,\\s]${name}\\s*=\\s*`, "i"));
    const rest = start ? raw.slice((start.index ?? 0) + start[0].length) : "";
    if (rest[0] !== "{") return rest.match(/^"([^"]*)"|^\w+/)?.[1] ?? "";
    let depth = 0;
    for (let at = 0; at < rest.length; at++) {
      if (rest[at] === "\\") at++;
      else if (rest[at] === "{") depth++;
      else if (rest[at] === "}" && !--depth) return rest.slice(1, at);
    }
    return "";
  }

  /** What a record says that it is itself: its title, abstract and notes may name other papers. @param {string} raw */
  const identifying = (raw) => ["eprint", "doi", "url", "journal", "howpublished", "note"].map((name) => `${name}=${field(raw, name)}`)
    .filter((said) => !/^note=.*\s\S+\s/.test(said)).join("\n");

  /** A note, if there is one. @param {string[]} lines */
  const noted = (lines) => (lines.some(Boolean) ? { note: lines.join("\n") } : {});

  /** @param {string} text @returns {daybook.Told[]} */
  const fromBibtex = (text) => text.split(/^[ \t]*(?=@)/m).filter((raw) => /^@(?!comment|string|preamble)\w+\s*[{(]/i.test(raw)).map((raw) =>
    ({ raw: identifying(raw), id: raw.match(/[{(]\s*([^,\s]*)/)?.[1] ?? "", title: untexed(field(raw, "title")),
      tags: parts(untexed(field(raw, "keywords"))), ...noted(field(raw, "annote").split("\n").map(untexed)) }));

  /** @param {string} text @returns {daybook.Told[]} */
  const fromRis = (text) => text.split(/^ER {2}-.*$/m).filter((raw) => /^TY {2}-/m.test(raw)).map((raw) => {
    const all = (/** @type {string} */ tag) => [...raw.matchAll(new RegExp(`^(?:${tag}) {2}- ?(.*)$`, "gm"))].map((found) => (found[1] ?? "").trim());
    return { raw: all("AN|DO|UR|L[1-4]|M[13]|J[AFO]|T2").join("\n"), id: all("ID")[0] ?? "", title: all("TI|T1")[0] ?? "", tags: all("KW"), ...noted(all("N1")) };
  });

  /** The first link of every item or line; tags and a note where it is a task, as this archive writes them. @param {string} text @returns {daybook.Told[]} */
  const fromMarkdown = (text) => text.split(/\n(?! {2})/).flatMap((item) => {
    const [, task, title, raw, rest = "", note = ""] = item.match(/^(?:\s*[-*+] \[([ x])\])?.*?\[((?:\\.|[^[\]\\\n])+)\]\((\S{1,999}?)\)(.*)\n?([^]*)/i) ?? [];
    const written = (/** @type {string} */ part) => part.trim().replace(/\\(.)|&#35;/g, (_, said) => said ?? "#");
    return title && raw ? {
      raw, id: "", title: written(title), tags: task ? rest.split(" \\#").slice(1).map(written) : [],
      ...(task && task !== " " && { read: true }), ...(task && note && { note: written(note.replace(/^ +/gm, "")) }),
    } : [];
  });

  /** A text, or a number as one. @param {unknown} value */
  const text = (value) => (/^(string|number)$/.test(typeof value) ? `${value}` : "");

  /** @param {any} item @returns {daybook.Told} */
  const fromItem = (item) => ({
    raw: JSON.stringify(item, (key, value) => (/^(title|abstract|note|annote|keyword|tags|authors?|relation|references?)$/.test(key) ? undefined : value)),
    id: text(item.id), title: text(item.title),
    ...(item.read === true && { read: true }), ...(typeof item.note === "string" && { note: item.note }),
    tags: Array.isArray(item.tags) ? item.tags.map(text).filter(Boolean) : parts(text(item.keyword)),
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
    return /^TY {2}-/m.test(text) ? fromRis(text) : /^[ \t]*@/m.test(text) ? fromBibtex(text) : fromMarkdown(text);
  }

  (own.daybook ??= {}).importing = { read, arxivOf, doiOf, plain };
})();
