// Measures the client in Node. Reads a job from standard input, prints JSON:
// {task: "bytes", folder, before, queries}   bytes of each query from nothing, and after an update
// {task: "known", folder, source, queries, modules}   MRR@10 and time a query of both engines
// {task: "answers", folder, queries, mode, without}   the titles of the first ten results
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");
const zlib = require("node:zlib");
const { createRequire } = require("node:module");
const { loadClient } = require("../../tests/js/site.js");

const { Client, Store, receive, VERSION } = loadClient();

/** @type {Map<string, { value: any, bytes: number }>} */
const read = new Map();

/** @param {string} folder @param {string} name */
function file(folder, name) {
  const full = path.join(folder, "search", `${name}.js`);
  let found = read.get(full);
  if (!found) {
    const text = fs.readFileSync(full);
    const value = JSON.parse(text.toString().replace(/^[^(]*\("[^"]*",/, "").replace(/,\d+\);\n$/, ""));
    found = { value, bytes: zlib.gzipSync(text, { level: 6 }).length };
    read.set(full, found);
  }
  return found;
}

/** @type {Map<string, number>} */
const parts = new Map();

/** What a part of the client's program takes. @param {string} folder @param {string} name */
function partBytes(folder, name) {
  if (!parts.has(name)) {
    const code = path.join(folder, "search", "code");
    const [hash = ""] = fs.readdirSync(code);
    parts.set(name, zlib.gzipSync(fs.readFileSync(path.join(code, hash, `${name}.js`)), { level: 6 }).length);
  }
  return /** @type {number} */ (parts.get(name));
}

/** The files that a query loads, up to the cards of its first page. @param {string} folder @param {string} query */
async function loaded(folder, query) {
  /** @type {Map<string, number>} */
  const files = new Map();
  const client = new Client(async (name) => {
    const { value, bytes } = file(folder, name);
    files.set(name, bytes);
    receive(name, value, VERSION);
  });
  // All of the client's program is here: what a browser would load of it is counted.
  client.files.part = async (name) => void files.set(name, partBytes(folder, name));
  await (await client.search(query)).cards(0, 10);
  return files;
}

/** @param {Iterable<number>} numbers */
const sum = (numbers) => [...numbers].reduce((total, number) => total + number, 0);

/** @param {any} job */
async function bytes({ folder, before, queries }) {
  const cold = [];
  const returning = [];
  for (const query of queries) {
    const files = await loaded(folder, query);
    cold.push(sum(files.values()));
    if (!before) continue;
    const known = await loaded(before, query);
    known.delete("manifest");
    returning.push(sum([...files].filter(([name]) => !known.has(name)).map(([, size]) => size)));
  }
  return { cold, returning };
}

/** @param {string} folder */
const openFolder = (folder) =>
  new Client(async (name) => vm.runInThisContext(fs.readFileSync(path.join(folder, "search", `${name}.js`), "utf8")));

/**
 * @param {[string, number[]][]} queries
 * @param {(query: string) => Promise<number[]>} search
 */
async function ranks(queries, search) {
  for (const [query] of queries) await search(query);
  const times = [];
  let total = 0;
  for (const [query, wanted] of queries) {
    const begun = performance.now();
    const found = await search(query);
    times.push(performance.now() - begun);
    const at = found.findIndex((number) => wanted.includes(number));
    if (at >= 0) total += 1 / (at + 1);
  }
  times.sort((a, b) => a - b);
  return { mrr: total / queries.length, median: times[times.length >> 1] };
}

/**
 * @param {string} modules
 * @param {string[]} names
 * @param {number[]} numbers
 * @param {string[][]} documents
 */
function miniSearch(modules, names, numbers, documents) {
  const MiniSearch = createRequire(path.join(modules, "x.js"))("minisearch");
  const index = new MiniSearch({ fields: names, searchOptions: { boost: { title: 3 } } });
  index.addAll(documents.map((texts, i) => ({ id: numbers[i], ...Object.fromEntries(names.map((name, f) => [name, texts[f]])) })));
  return index;
}

/** @param {any} job */
async function known({ folder, source, queries, modules }) {
  const { fields, numbers, documents } = JSON.parse(fs.readFileSync(source, "utf8"));
  const names = fields.map((/** @type {any} */ { name }) => name);
  const other = modules ? miniSearch(modules, names, numbers, documents) : null;
  const client = openFolder(folder);
  /** @type {Record<string, any>} */
  const result = {};
  for (const [kind, list] of Object.entries(queries)) {
    result[kind] = {
      daybook: await ranks(list, async (query) => (await client.search(query)).hits.slice(0, 10).map((hit) => hit.paper)),
      // That Daybook in this mode gives what lunr.js gives is held by tests/search/test_same_as_lunr.py.
      lunr: await ranks(list, async (query) => (await client.search(query, "lunr")).hits.slice(0, 10).map((hit) => hit.paper)),
      ...other && { minisearch: await ranks(list, async (query) => other.search(query).slice(0, 10).map((/** @type {any} */ hit) => hit.id)) },
      ...other && { "minisearch, fuzzy": await ranks(list, async (query) => other.search(query, { fuzzy: 0.2 }).slice(0, 10).map((/** @type {any} */ hit) => hit.id)) },
    };
  }
  return result;
}

/** What each of the means is without. @type {Record<string, () => void>} */
const WITHOUT = {
  acronyms: () => void (Store.prototype.acronyms = async () => new Map()),
  spellings: () => void (daybook.search.variants = () => []),
  hyphens: () => void (daybook.search.joinedWords = () => new Map()),
  completion: () => void (daybook.search.completions = async () => []),
  titles: () => void (daybook.search.preferTitles = async (_, hits) => hits),
  correction: () => void (daybook.search.corrections = async () => []),
};

/** @param {any} job */
async function answers({ folder, queries, mode, without }) {
  WITHOUT[without]?.();
  const client = openFolder(folder);
  const found = [];
  for (const query of queries) {
    found.push((await (await client.search(query, mode)).cards(0, 10)).map((card) => card.title));
  }
  return found;
}

/** @type {Record<string, (job: any) => Promise<any>>} */
const TASKS = { bytes, known, answers };

const job = JSON.parse(fs.readFileSync(0, "utf8"));
TASKS[job.task]?.(job).then((result) => process.stdout.write(JSON.stringify(result)));
