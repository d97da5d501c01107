// The search of a folder that `build_search` wrote, in Node: the page's own scripts, the disk for a
// server. And the oracle: lunr.js itself over the same documents.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

const PROJECT = path.resolve(__dirname, "../..");
const SCRIPTS = path.join(PROJECT, "theme/static/search");
const ORDER = ["codes", "errors", "turns", "pipeline", "files", "postings", "ranking", "words", "titles", "meaning", "passages", "results", "client", "remote",
  "sorting", "patterns", "scoring", "query", "vocabulary", "spelling", "names", "variants", "acronyms", "phrases", "facts", "identifiers"];

/** @param {string} file */
const run = (file) => vm.runInThisContext(fs.readFileSync(file, "utf8"), { filename: file });

/** Load the client as a page would, with the Lunr of the npm package. */
function loadClient() {
  const global = /** @type {any} */ (globalThis);
  if (global.daybook?.search?.Client) return daybook.search;
  global.lunr = require(path.join(PROJECT, "node_modules/lunr/lunr.js"));
  for (const name of ORDER) run(path.join(SCRIPTS, `${name}.js`));
  return daybook.search;
}

/**
 * A client of the index in `<folder>/search/`.
 * @param {string} folder
 */
function openSite(folder) {
  const { Client } = loadClient();
  return new Client(async (name) => run(path.join(folder, "search", `${name}.js`)));
}

/**
 * What lunr.js makes of documents with the registered pipeline, loaded again from its JSON.
 * @param {{ fields: { name: string, boost: number }[], numbers: number[], documents: string[][] }} source
 */
function buildOracle({ fields, numbers, documents }) {
  const { INDEX_PIPELINE, SEARCH_PIPELINE } = loadClient();
  const builder = new lunr.Builder();
  builder.pipeline = lunr.Pipeline.load(INDEX_PIPELINE);
  builder.searchPipeline = lunr.Pipeline.load(SEARCH_PIPELINE);
  builder.ref("id");
  for (const { name, boost } of fields) builder.field(name, { boost });
  documents.forEach((texts, i) => {
    builder.add({ id: numbers[i], ...Object.fromEntries(fields.map(({ name }, i) => [name, texts[i]])) });
  });
  return lunr.Index.load(JSON.parse(JSON.stringify(builder.build())));
}

module.exports = { PROJECT, SCRIPTS, ORDER, loadClient, openSite, buildOracle };
