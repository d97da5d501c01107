// Citations made in the browser: BibTeX, RIS, CSL-JSON, and text in three manners, of one paper or of a list.
// What plugins/daybook/catalogue/citing.py and bibtex.py say; tests hold both to each other.
"use strict";
(() => {
  const own = /** @type {{ daybook?: { citing?: daybook.Citing } }} */ (globalThis);
  const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  const SHORT = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.".split(" ");
  const PARTICLES = new Set("al ap bin da das de del den der di do dos du el ibn la le ten ter van vom von zu zur".split(" "));
  const GROUPS = new Set("collaboration collaborations committee community consortium group initiative network project society team workshop".split(" "));
  const PROCEEDINGS = /^(?:(?:Proceedings of|Findings of) .|[A-Z][A-Za-z]*[A-Z][A-Za-z]* \d{4}\b)/;
  const JOURNAL = /^(?:TMLR|JMLR|TACL|PVLDB|TKDE|IEEE|.*\b(?:Transactions|Journal|Proc\.))/;

  /** A name that BibTeX would take apart wrongly. */
  const AMBIGUOUS = /,|\band\b|^others$/i;

  /** @typedef {{ family: string, given: string, suffix: string }} Name */

  /** @param {string} text */
  const line = (text) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

  /** A text on as many lines as it has. @param {string} text */
  const lines = (text) => text.replace(/\r\n?/g, "\n").replace(/[^\P{Cc}\n\t]/gu, " ").trim();

  /** @param {(string | undefined)[]} parts @param {string} by */
  const join = (parts, by) => parts.filter(Boolean).join(by);

  /** @param {string} name @returns {Name} */
  function parts(name) {
    const words = name.replaceAll(",", " ").trim().split(/\s+/);
    const group = words.some((word) => GROUPS.has(word.toLowerCase()));
    const suffix = !group && words.length > 2 && /^(?:jr|sr|ii|iii|iv)\.?$/i.test(words.at(-1) ?? "") ? words.pop() ?? "" : "";
    let at = group ? 0 : words.length - 1;
    while (at > 1 && PARTICLES.has(words[at - 1] ?? "")) at--;
    return { family: words.slice(at).join(" "), given: words.slice(0, at).join(" "), suffix };
  }

  /** @param {Name} name @param {string} given */
  const turned = ({ family, suffix }, given) => join([family, given, suffix], ", ");

  /** @param {Name} name */
  const printed = ({ family, given, suffix }) => join([given, family, suffix], " ");

  /** @param {Name} name */
  const initials = ({ given }) => given.split(" ").map((word) =>
    word.split("-").filter(Boolean).map((part) => `${[...part][0]}.`).join("-")).join(" ");

  /** @param {string} text */
  const stopped = (text) => (!text || /[.?!]$/.test(text) ? text : `${text}.`);

  /** @param {daybook.Work} work */
  const where = ({ venue, arxiv }) => venue || (arxiv ? "arXiv" : "");

  /** @param {daybook.Work} work */
  const kind = ({ venue = "" }) =>
    JOURNAL.test(venue) ? "article-journal" : PROCEEDINGS.test(venue) ? "paper-conference" : "article";

  /** @param {daybook.Work} work */
  function ris(work) {
    const [year, month = "", day = ""] = (work.date ?? "").split("-");
    const type = /** @type {Record<string, string>} */ ({ "paper-conference": "CPAPER", "article-journal": "JOUR" })[kind(work)] ?? "GEN";
    /** @type {[string, string | undefined][]} */
    const fields = [["TY", type], ["ID", work.id], ["TI", work.title]];
    for (const name of work.authors ?? []) fields.push(["AU", turned(parts(name), parts(name).given)]);
    fields.push(["PY", year], ["DA", year && `${year}/${month}/${day}/`], ["T2", work.venue], ["AB", work.abstract]);
    for (const keyword of work.keywords ?? []) fields.push(["KW", keyword]);
    fields.push(["DO", work.doi], ["AN", work.arxiv && `arXiv:${work.arxiv}`], ["UR", work.url], ["N1", work.note]);
    // A line that goes on stands below the one before: none is taken for a tag's, nor left out for being short.
    const written = (/** @type {string} */ tag, value = "") => (tag === "N1" ? lines(value).replaceAll("\n", "\r\n      ") : line(value));
    return `${fields.filter(([, value]) => value).map(([tag, value]) => `${tag}  - ${written(tag, value)}\r\n`).join("")}ER  - \r\n`;
  }

  /** @param {daybook.Work} work */
  function csl(work) {
    const item = {
      id: work.id, type: kind(work), title: work.title,
      author: (work.authors ?? []).map((name) => {
        const { family, given, suffix } = parts(name);
        return !given ? { literal: printed({ family, given, suffix }) } : suffix ? { family, given, suffix } : { family, given };
      }),
      issued: work.date && { "date-parts": [work.date.split("-").map(Number)] },
      "container-title": work.venue, publisher: work.arxiv && !work.venue ? "arXiv" : "",
      archive: work.arxiv && "arXiv", archive_location: work.arxiv, DOI: work.doi, URL: work.url,
      abstract: work.abstract, keyword: work.keywords?.join(", "), note: work.note,
    };
    return Object.fromEntries(Object.entries(item).filter(([, value]) => (Array.isArray(value) ? value.length : value)));
  }

  /** @param {string[]} names @param {string} and @param {daybook.Work} work */
  function named(names, and, { more }) {
    if (more && names.length) return `${names.join(", ")}, et al.`;
    return names.length > 1 ? `${names.slice(0, -1).join(", ")}, ${and} ${names.at(-1)}` : names.join("");
  }

  /** @param {daybook.Work} work */
  function apa(work) {
    const names = (work.authors ?? []).map((name) => turned(parts(name), initials(parts(name))));
    const who = names.length > 20 ? `${names.slice(0, 19).join(", ")}, . . . ${names.at(-1)}` : named(names, "&", work);
    const when = `(${(work.date ?? "n.d.").split("-")[0]}).`;
    const what = stopped(work.title);
    return join([...(who ? [stopped(who), when, what] : [what, when]), stopped(where(work)), work.url], " ");
  }

  /** @param {daybook.Work} work */
  function mla(work) {
    const [first, second, third] = (work.authors ?? []).map(parts);
    let who = first ? turned(first, first.given) : "";
    if (first && (third || work.more)) who += ", et al.";
    else if (second) who += `, and ${printed(second)}`;
    const [year, month, day] = (work.date ?? "").split("-");
    const when = join([day && String(Number(day)), month && SHORT[Number(month) - 1], year && String(Number(year))], " ");
    const rest = join([where(work), when, (work.url ?? "").replace(/^https?:\/\//, "")], ", ");
    return join([stopped(who), `“${stopped(work.title)}”`, rest && `${rest}.`], " ");
  }

  /** @param {daybook.Work} work */
  function chicago(work) {
    const names = (work.authors ?? []).map(parts).map((name, at) => (at ? printed(name) : turned(name, name.given)));
    const who = names.length > 10 ? `${names.slice(0, 7).join(", ")}, et al.` : named(names, "and", work);
    const year = stopped((work.date ?? "n.d.").split("-")[0] ?? "");
    const what = `“${stopped(work.title)}”`;
    return join([...(who ? [stopped(who), year, what] : [what, year]), stopped(where(work)), work.url && `${work.url}.`], " ");
  }

  /** @type {Record<string, string>} */
  const ESCAPES = { "\\": "\\textbackslash{}", "{": "\\ensuremath{\\lbrace}", "}": "\\ensuremath{\\rbrace}",
    "~": "\\textasciitilde{}", "^": "\\textasciicircum{}", "-": "-{}", "`": "`{}", "'": "'{}" };

  /** @param {string} text */
  const escaped = (text) => text.replace(/[\\{}~^%&#_$]|([-\x60'])(?=\1)/g, (c) => ESCAPES[c] ?? `\\${c}`);

  /** @param {string} text */
  const latex = (text) => escaped(line(text));

  /** @param {daybook.Work} work */
  function bibtex(work) {
    const [year, month] = (work.date ?? "").split("-");
    const all = work.authors ?? [], authors = all.slice(0, 100).map((name) => {
      const { family, given, suffix } = parts(name);
      if (suffix && !AMBIGUOUS.test(printed({ family, given, suffix }))) return latex(`${family}, ${suffix}, ${given}`);
      return (!given && family.includes(" ")) || AMBIGUOUS.test(name) ? `{${latex(name)}}` : latex(name);
    });
    if (authors[0] && (work.more || all[100])) authors.push("others");
    const proceedings = kind(work) === "paper-conference";
    const fields = { title: latex(work.title), author: authors.join(" and "), year, month: month && MONTHS[Number(month) - 1],
      [proceedings ? "booktitle" : "howpublished"]: latex(work.venue ?? ""), eprint: work.arxiv, archiveprefix: work.arxiv && "arXiv",
      doi: work.doi?.replace(/[\\{}%#\s]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`), url: work.url,
      // Commas divide keywords, and a line that begins with @ an entry from the next.
      keywords: work.keywords?.map((tag) => latex(tag).replace(/[,;]/g, "{$&}")).join(", "),
      annote: escaped(lines(work.note ?? "")).replace(/^([ \t]*)@/gm, "$1{@}") };
    const rows = Object.entries(fields).filter(([, value]) => value)
      .map(([name, value]) => `  ${name} = ${name === "month" ? value : `{${value}}`},\n`);
    return `@${proceedings ? "inproceedings" : "misc"}{${work.id},\n${rows.join("")}}\n`;
  }

  /** The accents and letters for which TeX has commands, as bibtex.py has them. @type {Record<string, string>} */
  const COMMANDS = Object.fromEntries([..."\u0300\u0301\u0302\u0303\u0304\u0307\u0308\u0306\u030a\u030b\u030c\u0323\u0327\u0328\u0331łŁøØıȷæÆœŒåÅßðÐþÞđĐ–—‘’“”…\u00a0"]
    .map((letter, at) => [letter, "` ' ^ ~ = . \u0022 u r H v d c k b l L o O i j ae AE oe OE aa AA ss dh DH th TH dj DJ -- --- ` ' `` '' ldots ~".split(" ")[at] ?? ""]));

  const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega".split(" ");
  const NAMED = Object.fromEntries([..."αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ"].map((letter, at) => [letter, GREEK[at] ?? ""]));

  /** BibTeX for programs that know ASCII alone; letters that TeX has no command for stay. @param {string} text */
  const ascii = (text) => text.normalize("NFC").replace(/[^\0-\x7f]/gu, (letter) => {
    const known = COMMANDS[letter];
    if (NAMED[letter]) return `{\\ensuremath{\\${NAMED[letter]}}}`;
    if (known) return /^[a-z]/i.test(known) ? `{\\${known}}` : known;
    const [base = "", ...marks] = letter.normalize("NFD");
    if (!/[a-z]/i.test(base) || !marks.length || !marks.every((mark) => COMMANDS[mark])) return letter;
    return `{${marks.reduce((inner, mark) => `\\${COMMANDS[mark]}{${inner}}`, base)}}`;
  });

  /** The signs that TeX's commands stand for; accents before signs. */
  const SIGNS = new Map(Object.entries({ ...NAMED, ...COMMANDS, "\\": "textbackslash", "{": "lbrace", "}": "rbrace", "~": "textasciitilde",
    "^": "textasciicircum", "<": "textless", ">": "textgreater" }).reverse().map(([sign, tex]) => [tex, sign]));

  /** What `latex` and `ascii` wrote, and other programs, as a text. @param {string} text */
  function unlatex(text) {
    for (const _ of "123") { // accents upon accents
      text = text.replace(/\\([\x60'^~=."]|[urHvdckb](?=[\s{]))\s*\{?\\?([A-Za-z]\p{M}*)\}?/gu, (_, mark, letter) => letter + SIGNS.get(mark));
    }
    return text.replace(/([-\x60'])\{\}|\\([a-z]+)(?:\{\}|\s*)|\\([^])|---?|\x60\x60|''|[{}~]/gi,
      (tex, doubled, name, sign) => doubled ?? sign ?? (tex === "~" ? " " : SIGNS.get(name ?? tex) ?? "")).normalize("NFC");
  }

  /** Proceedings that name another year say when a paper appeared. @template T @param {(work: daybook.Work) => T} write */
  const dated = (write) => (/** @type {daybook.Work} */ work) => {
    const [year, other] = new Set(kind(work) === "paper-conference" ? work.venue?.match(/\b(?:19|20)\d\d\b/g) : []);
    return write(!year || other || work.date?.startsWith(year) ? work : { ...work, date: year });
  };

  (own.daybook ??= {}).citing = { bibtex: dated(bibtex), ascii, ris: dated(ris), csl: dated(csl), apa: dated(apa), mla: dated(mla), chicago: dated(chicago), line, unlatex };
})();
