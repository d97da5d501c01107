// Fuzzes the search's queries, led by coverage: `node queries.js SECONDS INDEX CORPUS [SEED]`.
//
// V8 counts how often each block of the search's scripts ran (Profiler.takePreciseCoverage,
// https://chromedevtools.github.io/devtools-protocol/v8/Profiler/); a query that reaches a block
// that none did, or many more times, is kept in CORPUS and changed further. Each must end in time,
// in an answer or in an error of the search's own, asked as Lunr in the very answer of lunr.js.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { Session } = require("node:inspector");
const { createHash } = require("node:crypto");
const { pathToFileURL } = require("node:url");
const { PROJECT, SCRIPTS, buildOracle, loadClient, openSite } = require("../js/site.js");
const { queryMaker, randomFrom } = require("../js/queries.js");

const OURS = `${pathToFileURL(SCRIPTS)}/`;
const SLOWEST_MS = 5_000; // of the processor's time: other work on the machine is no fault of the search
const LONGEST = 20_000;
const COMPARED = 200; // characters up to which lunr.js is asked, too
const BITS = [
  ..."+-*~^:\\\"'“”‘’()[]{}|&!?.,;/<>=#%$@ \t\n\0\u00ad\u200b\u202e\u2028\ufeff\ud800\udc00éŁßİı中文日本",
  "title:", "author:", "topic:", "abstract:", "unknown:", "~1", "~99", "^2", "^-1", "^1e9", "*a*", "__proto__", "constructor",
  "toString", "undefined", "NaN", "\u{1f600}", "javascript:", "<b>", "&lt;",
];

/** Tells which queries reach something new. */
class Coverage {
  constructor() {
    this.session = new Session();
    this.session.connect();
    this.post("Profiler.enable");
    this.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    /** @type {Set<string>} */
    this.seen = new Set();
  }

  /**
   * @param {string} method
   * @param {object} [parameters]
   * @returns {any}
   */
  post(method, parameters) {
    let answer;
    this.session.post(method, parameters, (error, found) => {
      if (error) throw error;
      answer = found;
    });
    return answer;
  }

  /** How much that ran since the last time never ran so often before. */
  take() {
    let fresh = 0;
    for (const { url, functions } of this.post("Profiler.takePreciseCoverage").result) {
      if (!url.startsWith(OURS)) continue;
      for (const { ranges } of functions) {
        for (const { startOffset, endOffset, count } of ranges) {
          if (!count) continue;
          const key = `${url} ${startOffset} ${endOffset} ${32 - Math.clz32(count)}`;
          if (!this.seen.has(key)) fresh += Number(!!this.seen.add(key));
        }
      }
    }
    return fresh;
  }
}

/**
 * @param {number} seed
 * @param {string[]} words
 */
function changer(seed, words) {
  const random = randomFrom(seed);
  const below = (/** @type {number} */ n) => Math.floor(random() * n);
  const make = queryMaker(words, ["title", "author", "abstract", "topic"], seed);
  return (/** @type {string[]} */ corpus) => {
    let text = corpus.length && random() < 0.8 ? corpus[below(corpus.length)] : make();
    for (let left = 1 + below(5); left > 0; left--) {
      const [at, kind] = [below(text.length + 1), random()];
      const [head, tail] = [text.slice(0, at), text.slice(at)];
      if (kind < 0.5) text = head + BITS[below(BITS.length)] + tail.slice(random() < 0.3 ? 1 : 0);
      else if (kind < 0.65) text = head + tail.slice(1 + below(6));
      else if (kind < 0.75) text = `${head}${words[below(words.length)]}${tail}`;
      else if (kind < 0.85) text = `${text} ${make()}`;
      else if (kind < 0.95) text = head + (corpus[below(corpus.length)] ?? "").slice(0, 40) + tail;
      else text = text.repeat(1 + below(random() < 0.1 ? 500 : 3));
    }
    return text.slice(0, LONGEST);
  };
}

/** @typedef {"lunr" | "meant"} Mode */

/**
 * What is wrong with how a query is answered, "" for nothing.
 * @param {daybook.Client} client
 * @param {any} index
 * @param {string} text
 * @param {Mode} mode
 */
async function wrong(client, index, text, mode) {
  const { SearchError } = loadClient();
  const before = process.cpuUsage();
  let got;
  try {
    const found = await client.search(text, mode);
    const cards = await found.cards(0, 3);
    if (cards.some((card) => typeof card?.title !== "string")) return "a card without a title";
    if (found.notes.some((note) => typeof note !== "string")) return "a note that is no text";
    got = found.hits.map(({ paper, score }) => [paper, score]);
  } catch (error) {
    if (!(error instanceof SearchError)) return `threw ${/** @type {Error} */ (error).stack}`;
    if (!["query", "too-long", "too-broad"].includes(error.code)) return `refused as ${error.code}`;
    got = error.code === "query" ? "QueryParseError" : "";
  }
  const { user, system } = process.cpuUsage(before);
  if (user + system > SLOWEST_MS * 1000) return `took over ${SLOWEST_MS} ms`;
  // What takes lunr.js long, or is refused as too much, is not compared.
  if (mode !== "lunr" || got === "" || text.length > COMPARED || /~\s*[3-9]|~\d\d|\*.*\*.*\*/s.test(text)) return "";
  let wanted;
  try {
    wanted = index.search(text).map((/** @type {any} */ { ref, score }) => [Number(ref), score]);
  } catch (error) {
    wanted = /** @type {Error} */ (error).name;
  }
  const [one, other] = [JSON.stringify(got), JSON.stringify(wanted)];
  return one === other ? "" : `answers ${one.slice(0, 200)}, and lunr.js ${other.slice(0, 200)}`;
}

/**
 * The shortest text, found by leaving out parts, of which the same holds.
 * @param {string} text
 * @param {(text: string) => Promise<boolean>} holds
 */
async function shortest(text, holds) {
  for (let size = Math.ceil(text.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let at = 0; at < text.length;) {
      const left = text.slice(0, at) + text.slice(at + size);
      if (await holds(left)) text = left;
      else at += size;
    }
  }
  return text;
}

async function main() {
  const [seconds = "60", folder = "", kept = "", seed = String(Date.now() % 2 ** 31)] = process.argv.slice(2);
  const until = Date.now() + Number(seconds) * 1000;
  const index = buildOracle(JSON.parse(fs.readFileSync(path.join(folder, "source.json"), "utf8")));
  const client = openSite(folder);
  const store = await client.store();
  const words = (await daybook.search.vocabulary(store, "")).map(({ term }) => term);
  fs.mkdirSync(kept, { recursive: true });
  const coverage = new Coverage();
  /** @type {Map<string, string>} The shortest query, by what it was first to reach. */
  const corpus = new Map();
  const next = changer(Number(seed), words);
  /** @type {Mode[]} */
  const modes = ["lunr", "meant"];

  const attempt = async (/** @type {string} */ text) => {
    for (const mode of modes) {
      const fault = await wrong(client, index, text, mode);
      if (!fault) continue;
      const kind = fault.slice(0, 6);
      const small = fault.startsWith("took") ? text
        : await shortest(text, async (left) => (await wrong(client, index, left, mode)).startsWith(kind));
      const findings = path.join(PROJECT, "fuzz-findings");
      fs.mkdirSync(findings, { recursive: true });
      const name = createHash("sha1").update(small).digest("hex");
      fs.writeFileSync(path.join(findings, `query-${name}.json`), JSON.stringify({ mode, text: small, fault }));
      throw new Error(`${mode} ${JSON.stringify(small)}: ${fault}`);
    }
    if (coverage.take()) corpus.set(createHash("sha1").update(text).digest("hex"), text);
  };

  // The shortest first: what a longer one reaches no further than they do is let go.
  const before = fs.readdirSync(kept).map((name) => fs.readFileSync(path.join(kept, name), "utf8"));
  let tried = 0;
  try {
    for (const text of before.sort((a, b) => a.length - b.length)) await attempt(text);
    const known = coverage.seen.size;
    for (; Date.now() < until; tried++) await attempt(next([...corpus.values()]));
    process.stdout.write(`${tried} queries from seed ${seed}: ${coverage.seen.size - known} counts of blocks `
      + `more than the ${known} before, ${corpus.size} queries kept of ${before.length}\n`);
  } finally {
    fs.rmSync(kept, { recursive: true });
    fs.mkdirSync(kept);
    for (const [name, text] of corpus) fs.writeFileSync(path.join(kept, name), text);
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
