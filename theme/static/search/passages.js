// Which passage of a text answers a query, and where in it the matches are. Gives pieces of text,
// never markup.
"use strict";
(() => {
  /** @typedef {{ start: number, end: number, term: string }} Match A marked stretch of a text. */

  /** Terms of tokens met before; texts repeat words. @type {Map<string, string[]>} */
  const known = new Map();
  const MOST_KNOWN = 20_000;
  const TOKENS = /[^\s-]+/gu;

  /** @param {string} token */
  function termsOf(token) {
    let terms = known.get(token);
    if (!terms) {
      if (known.size > MOST_KNOWN) known.clear();
      known.set(token, (terms = daybook.search.indexTerms(token)));
    }
    return terms;
  }

  /**
   * Where a text has one of the terms: whole words, and in Chinese or Japanese the characters.
   * @param {string} text
   * @param {ReadonlySet<string>} terms
   * @returns {Match[]}
   */
  function matches(text, terms) {
    const found = [];
    for (const { 0: token, index } of text.matchAll(TOKENS)) {
      const own = termsOf(token).filter((term) => terms.has(term));
      if (!own.length) continue;
      const inside = own.flatMap((term) => occurrences(token, term));
      if (/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(token) && inside.length) {
        for (const [at, term] of inside) found.push({ start: index + at, end: index + at + term.length, term });
        continue;
      }
      const before = /^[^\p{L}\p{N}]*/u.exec(token)?.[0].length ?? 0;
      const rest = token.slice(before).replace(/[^\p{L}\p{N}\p{M}]+$/u, "");
      found.push({ start: index + before, end: index + before + rest.length, term: /** @type {string} */ (own[0]) });
    }
    return joined(found);
  }

  /**
   * Whether a text has one of the terms.
   * @param {string} text
   * @param {ReadonlySet<string>} terms
   */
  function says(text, terms) {
    if (terms.size) for (const [token] of text.matchAll(TOKENS)) if (termsOf(token).some((term) => terms.has(term))) return true;
    return false;
  }

  /**
   * @param {string} token
   * @param {string} term
   * @returns {[number, string][]}
   */
  function occurrences(token, term) {
    /** @type {[number, string][]} */
    const places = [];
    for (let at = token.indexOf(term); at >= 0; at = token.indexOf(term, at + 1)) places.push([at, term]);
    return places;
  }

  /**
   * In order and without overlaps.
   * @param {Match[]} found
   */
  function joined(found) {
    /** @type {Match[]} */
    const result = [];
    for (const match of found.sort((a, b) => a.start - b.start)) {
      const last = result.at(-1);
      if (last && match.start <= last.end && match.start < match.end && last.start < match.start) {
        last.end = Math.max(last.end, match.end);
      } else if (match.end > match.start && (!last || match.start >= last.end)) result.push({ ...match });
    }
    return result;
  }

  /**
   * Cut a stretch of a text into pieces, the matches marked.
   * @param {string} text
   * @param {Match[]} found
   * @param {number} from
   * @param {number} to
   * @returns {daybook.Piece[]}
   */
  function pieces(text, found, from, to) {
    const result = [];
    let at = from;
    for (const { start, end } of found) {
      if (start < from || end > to) continue;
      if (start > at) result.push({ text: text.slice(at, start), marked: false });
      result.push({ text: text.slice(start, end), marked: true });
      at = end;
    }
    if (at < to) result.push({ text: text.slice(at, to), marked: false });
    return result;
  }

  /**
   * A whole text, marked.
   * @param {string} text
   * @param {ReadonlySet<string>} terms
   */
  const marked = (text, terms) => pieces(text, matches(text, terms), 0, text.length);

  /**
   * The stretch of about `length` characters with the most different terms in it, marked; where a
   * text has none, its beginning.
   * @param {string} text
   * @param {ReadonlySet<string>} terms
   * @param {number} length
   */
  function passage(text, terms, length) {
    const found = matches(text, terms);
    const from = text.length <= length ? 0 : wordStart(text, bestStart(found, text.length, length));
    const to = wordEnd(text, from + length);
    const result = pieces(text, found, from, to);
    if (from > 0) result.unshift({ text: "… ", marked: false });
    if (to < text.length) result.push({ text: " …", marked: false });
    return result;
  }

  /**
   * @param {Match[]} found
   * @param {number} size
   * @param {number} length
   */
  function bestStart(found, size, length) {
    let best = 0;
    let most = 0;
    for (const [i, first] of found.entries()) {
      const inside = [];
      for (let j = i; j < found.length; j++) {
        const match = /** @type {Match} */ (found[j]);
        if (match.end > first.start + length * 0.8) break;
        inside.push(match.term);
      }
      const worth = new Set(inside).size + inside.length / 100;
      if (worth > most) [most, best] = [worth, first.start];
    }
    const lead = best < length * 0.8 ? best : length * 0.2;
    return Math.max(0, Math.min(best - lead, size - length));
  }

  /**
   * @param {string} text
   * @param {number} at
   */
  function wordStart(text, at) {
    if (at <= 0) return 0;
    const space = text.slice(at, at + 40).search(/\s/u);
    return space < 0 ? whole(text, Math.floor(at)) : Math.floor(at) + space + 1;
  }

  /**
   * @param {string} text
   * @param {number} at
   */
  function wordEnd(text, at) {
    if (at >= text.length) return text.length;
    const space = text.slice(at - 40, at + 1).search(/\s\S*$/u);
    return space < 0 ? whole(text, at) : at - 40 + space;
  }

  /**
   * A place that does not divide a character.
   * @param {string} text
   * @param {number} at
   */
  const whole = (text, at) => (/[\udc00-\udfff]/.test(text.charAt(at)) ? at - 1 : at);

  Object.assign(daybook.search, { marked, passage, says });
})();
