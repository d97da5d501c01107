// Wildcards and fuzzy terms: which words of the vocabulary they stand for, in lunr's own order.
//
// lunr intersects two automata and lists what is left. Here the words that can match are picked
// from the vocabulary first, by a test that never leaves out a match, and lunr's intersection runs
// over those alone. Words that cannot match would change neither the result nor its order; frames
// that lunr's stack meets a second time are passed over, which changes neither, and keeps
// `*a*a*a*` and `a~3` polynomial.
"use strict";
(() => {
  /**
   * @typedef {{ final: boolean, edges: Record<string, Node> }} Node A state of an automaton. The order of
   * `edges` (digits first, then by insertion) decides the order of the words, as in lunr.TokenSet.
   */

  /** Fuzzy terms beyond this many patterns are refused. */
  const MOST_PATTERNS = 60_000;
  /** How many steps are taken between two looks at the clock. */
  const SOME = 1024;

  /** @returns {Node} */
  const node = () => ({ final: false, edges: Object.create(null) });

  /**
   * The state that an edge leads to, made if need be.
   * @param {Node} from
   * @param {string} edge
   */
  const follow = (from, edge) => (from.edges[edge] ??= node());

  /**
   * The automaton of a term whose `*` stand for any characters, as lunr.TokenSet.fromString makes it.
   * @param {string} term
   */
  function wildcardAutomaton(term) {
    const root = node();
    let state = root;
    for (let i = 0; i < term.length; i++) {
      const edge = term.charAt(i);
      if (edge === "*") state.edges[edge] = state;
      else state = follow(state, edge);
      state.final = i === term.length - 1;
    }
    return root;
  }

  /**
   * The automaton of everything that at most `distance` insertions, deletions, substitutions and
   * transpositions make of a term, `*` being any one character, as lunr.TokenSet.fromFuzzyString
   * makes it.
   * @param {string} term
   * @param {number} distance
   * @param {() => Promise<void>} pause
   */
  async function fuzzyAutomaton(term, distance, pause) {
    const root = node();
    /** @type {{ state: Node, rest: string, left: number }[]} */
    const stack = [{ state: root, rest: term, left: distance }];
    /** @type {Map<Node, Set<string>>} */
    const seen = new Map();
    let steps = 0;
    for (let frame = stack.pop(); frame; frame = stack.pop()) {
      if (++steps % SOME === 0) await pause();
      const { state, rest, left } = frame;
      const key = `${left} ${rest}`;
      const keys = seen.get(state) ?? new Set();
      if (keys.has(key)) continue;
      seen.set(state, keys.add(key));
      const last = rest.length === 1;
      if (rest) {
        const same = follow(state, rest.charAt(0));
        same.final ||= last;
        stack.push({ state: same, rest: rest.slice(1), left });
      }
      if (left === 0) continue;
      const any = follow(state, "*");
      any.final ||= rest === "";
      stack.push({ state: any, rest, left: left - 1 });
      if (rest.length > 1) stack.push({ state, rest: rest.slice(1), left: left - 1 });
      if (last) state.final = true;
      if (rest) {
        any.final ||= last;
        stack.push({ state: any, rest: rest.slice(1), left: left - 1 });
      }
      if (rest.length > 1) {
        const swapped = follow(state, rest.charAt(1));
        stack.push({ state: swapped, rest: rest.charAt(0) + rest.slice(2), left: left - 1 });
      }
    }
    return root;
  }

  /**
   * The automaton of just these words, given in order.
   * @param {readonly string[]} words
   * @param {() => Promise<void>} pause
   */
  async function wordsAutomaton(words, pause) {
    const root = node();
    for (const [at, word] of words.entries()) {
      if (at % SOME === 0) await pause();
      let state = root;
      for (let i = 0; i < word.length; i++) state = follow(state, word.charAt(i));
      state.final = true;
    }
    return root;
  }

  /**
   * What both automata accept, in the order in which lunr lists it.
   * @param {Node} words
   * @param {Node} pattern
   * @param {() => Promise<void>} pause
   */
  async function intersect(words, pattern, pause) {
    const root = node();
    const stack = [{ asked: pattern, output: root, word: words }];
    /** @type {Map<Node, Set<Node>>} */
    const seen = new Map();
    let steps = 0;
    for (let frame = stack.pop(); frame; frame = stack.pop()) {
      if (++steps % SOME === 0) await pause();
      const { asked, output, word } = frame;
      const states = seen.get(output) ?? new Set();
      if (states.has(asked)) continue;
      seen.set(output, states.add(asked));
      for (const [edge, askedNext] of Object.entries(asked.edges)) {
        for (const [letter, wordNext] of Object.entries(word.edges)) {
          if (letter !== edge && edge !== "*") continue;
          const next = follow(output, letter);
          next.final ||= wordNext.final && askedNext.final;
          stack.push({ asked: askedNext, output: next, word: wordNext });
        }
      }
    }
    return listed(root, pause);
  }

  /** @param {Node} root @param {() => Promise<void>} pause */
  async function listed(root, pause) {
    const words = [];
    const stack = [{ prefix: "", state: root }];
    let steps = 0;
    for (let frame = stack.pop(); frame; frame = stack.pop()) {
      if (++steps % SOME === 0) await pause();
      if (frame.state.final) words.push(frame.prefix);
      for (const [edge, state] of Object.entries(frame.state.edges)) {
        stack.push({ prefix: frame.prefix + edge, state });
      }
    }
    return words;
  }

  /**
   * Whether a word matches a term with wildcards, in time linear in both as a rule.
   * @param {string} word
   * @param {string} term
   */
  function matchesWildcards(word, term) {
    let at = 0;
    let star = -1;
    let resume = 0;
    for (let i = 0; i < word.length;) {
      if (term.charAt(at) === "*") {
        star = at++;
        resume = i;
      } else if (at < term.length && term.charAt(at) === word.charAt(i)) {
        at++;
        i++;
      } else if (star >= 0) {
        at = star + 1;
        i = ++resume;
      } else return false;
    }
    while (term.charAt(at) === "*") at++;
    return at === term.length;
  }

  /**
   * How many patterns an edit distance makes of a term, roughly.
   * @param {number} length
   * @param {number} distance
   */
  function patternCount(length, distance) {
    let count = 1;
    for (let i = 1; i <= distance && count <= MOST_PATTERNS; i++) count *= (3 * length + 1) / i + 1;
    return count;
  }

  /**
   * @param {readonly string[]} vocabulary
   * @param {(word: string) => boolean} test
   * @param {() => Promise<void>} pause
   */
  async function chosen(vocabulary, test, pause) {
    const words = [];
    for (const [at, word] of vocabulary.entries()) {
      if (at % SOME === 0) await pause();
      if (test(word)) words.push(word);
    }
    return words;
  }

  /**
   * The words that a term with wildcards, or with an edit distance, stands for.
   * @param {readonly string[]} vocabulary In order.
   * @param {string} term
   * @param {number | undefined} distance
   * @param {number} [most] A term that stands for more is refused.
   * @param {() => Promise<void>} [pause]
   * @returns {Promise<string[]>}
   */
  async function expand(vocabulary, term, distance, most = Infinity, pause = daybook.search.pause) {
    const { SearchError, quotable, resembles } = daybook.search;
    if (distance !== undefined && patternCount(term.length, distance) > MOST_PATTERNS) {
      throw new SearchError(
        "too-broad",
        `‘${quotable(term, 40)}~${distance}’ allows too many spellings. Use ~1 or ~2.`,
      );
    }
    const words = await chosen(vocabulary, distance === undefined ? (word) => matchesWildcards(word, term) : resembles(term, distance), pause);
    // All of these match wildcards; of what resembles a word the automata leave some out.
    if (distance === undefined) checkBreadth(words.length, term, most);
    const pattern = distance === undefined ? wildcardAutomaton(term) : await fuzzyAutomaton(term, distance, pause);
    const found = await intersect(await wordsAutomaton(words, pause), pattern, pause);
    checkBreadth(found.length, term, most);
    return found;
  }

  /**
   * @param {number} count
   * @param {string} term
   * @param {number} most
   */
  function checkBreadth(count, term, most) {
    const { SearchError, quotable } = daybook.search;
    if (count <= most) return;
    throw new SearchError("too-broad", `‘${quotable(term, 40)}’ stands for ${count.toLocaleString("en")} words. Give more letters.`);
  }

  Object.assign(daybook.search, { expand });
})();
