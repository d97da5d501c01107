// Random queries for some seconds: `node queries.js SECONDS [SEED]`. Each must end in time, in an
// answer or in an error of the search's own. Unlike the other targets it is not led by coverage.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { PROJECT, loadClient, openSite } = require("../js/site.js");
const { queryMaker, randomFrom } = require("../js/queries.js");

const SLOWEST_MS = 10_000; // of the processor's time: other work on the machine is no fault of the search
const BITS = [
  ..."+-*~^:\\\"'“”‘’()[]{}|&!?.,;/<>=#%$@ \t\n\0\u00ad\u200b\u202e\u2028\ufeff\ud800\udc00éŁßİı中文日本",
  "title:", "author:", "topic:", "abstract:", "unknown:", "~1", "~99", "^2", "^-1", "^1e9", "*a*", "__proto__", "constructor",
  "toString", "undefined", "NaN", "\u{1f600}", "javascript:", "<b>", "&lt;",
];

/** @param {number} seed */
function textMaker(seed) {
  const random = randomFrom(seed);
  const query = queryMaker(["learning", "models", "attention", "a", "schrödinger", "gpt-4"], ["title", "author"], seed);
  const below = (/** @type {number} */ n) => Math.floor(random() * n);
  return () => {
    let text = random() < 0.5 ? query() : "";
    for (let left = below(12); left > 0; left--) {
      const at = below(text.length + 1);
      text = text.slice(0, at) + BITS[below(BITS.length)] + text.slice(at + (random() < 0.3 ? 1 : 0));
    }
    return random() < 0.01 ? text.repeat(1 + below(3000)) : text;
  };
}

async function main() {
  const until = Date.now() + Number(process.argv[2] ?? 60) * 1000;
  const seed = Number(process.argv[3] ?? Date.now() % 2 ** 31);
  const { SearchError } = loadClient();
  const client = openSite(process.env.OUTPUT || path.join(PROJECT, "output"));
  const next = textMaker(seed);
  let tried = 0;
  for (; Date.now() < until; tried++) {
    const [text, mode] = [next(), tried % 2 ? "lunr" : "meant"];
    const before = process.cpuUsage();
    try {
      const found = await client.search(text, /** @type {"lunr" | "meant"} */ (mode));
      await found.cards(0, 3);
      const { user, system } = process.cpuUsage(before);
      if (user + system > SLOWEST_MS * 1000) throw new Error(`took over ${SLOWEST_MS} ms`);
    } catch (error) {
      if (error instanceof SearchError && ["query", "too-long", "too-broad"].includes(error.code)) continue;
      const folder = path.join(PROJECT, "fuzz-findings");
      fs.mkdirSync(folder, { recursive: true });
      fs.writeFileSync(path.join(folder, `query-${seed}-${tried}.json`), JSON.stringify({ mode, text }));
      throw error;
    }
  }
  process.stdout.write(`${tried} queries from seed ${seed}\n`);
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exitCode = 1;
});
