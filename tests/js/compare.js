// Compares the sharded index with lunr.js over generated queries, and prints what it found as JSON.
// Usage: node compare.js FOLDER SOURCE COUNT [SEED]
// FOLDER has `search/`; SOURCE is a JSON file {fields, documents}.
"use strict";
const fs = require("node:fs");
const { openSite, buildOracle } = require("./site.js");
const { queryMaker } = require("./queries.js");

/**
 * What lunr answers: references and scores, or that it throws.
 * @param {lunr.Index} index
 * @param {string} query
 */
function expected(index, query) {
  try {
    return index.search(query).map(({ ref, score }) => [Number(ref), score]);
  } catch (error) {
    return /** @type {Error} */ (error).name;
  }
}

/**
 * @param {daybook.Client} client
 * @param {string} query
 */
async function actual(client, query) {
  try {
    const { hits } = await client.search(query, "lunr");
    return hits.map(({ paper, score }) => [paper, score]);
  } catch (error) {
    if (!(error instanceof daybook.search.SearchError)) throw error;
    return error.code === "query" ? "QueryParseError" : error.code;
  }
}

/**
 * Terms, postings and rounded weights that differ from lunr's index.
 * @param {any} index
 * @param {daybook.Store} store
 */
async function differentWeights(index, store) {
  const wrong = [];
  let weights = 0;
  const { documents, fields } = store.manifest;
  for (const [name, posting] of Object.entries(index.invertedIndex)) {
    if (!name) continue;
    const term = await store.term(name);
    for (const [f, field] of store.fields.entries()) {
      const refs = Object.keys(posting[field]);
      const found = term?.fields[f];
      if (refs.join() !== [...(found?.papers ?? [])].join()) wrong.push(`${field}:${name}`);
      if (!term || !found) continue;
      const own = daybook.search.termWeights(found, daybook.search.idf(term, documents), store.manifest, f);
      refs.forEach((ref, i) => {
        weights++;
        const elements = index.fieldVectors[`${field}/${ref}`].elements;
        const at = index.fieldVectors[`${field}/${ref}`].positionForIndex(posting._index);
        if (elements[at + 1] !== own[i]) wrong.push(`${field}:${name}/${ref}`);
      });
    }
  }
  const terms = (await daybook.search.vocabulary(store, "")).map(({ term }) => term);
  const own = Object.keys(index.invertedIndex).filter(Boolean).sort();
  if (own.join(" ") !== terms.join(" ")) wrong.push("vocabulary");
  return { wrong: wrong.slice(0, 20), terms: own.length, weights, fields: fields.length };
}

async function main() {
  const [folder = "", source = "", count = "100", seed = "1"] = process.argv.slice(2);
  const index = buildOracle(JSON.parse(fs.readFileSync(source, "utf8")));
  const client = openSite(folder);
  const store = await client.store();
  const terms = (await daybook.search.vocabulary(store, "")).map(({ term }) => term);
  const next = queryMaker(terms, store.fields, Number(seed));
  const wrong = [];
  const kinds = { answered: 0, empty: 0, refused: 0 };
  for (let i = 0; i < Number(count); i++) {
    const query = next();
    const wanted = expected(index, query);
    const got = await actual(client, query);
    if (JSON.stringify(wanted) !== JSON.stringify(got)) {
      wrong.push({ query, wanted: JSON.stringify(wanted).slice(0, 200), got: JSON.stringify(got).slice(0, 200) });
    }
    kinds[typeof wanted === "string" ? "refused" : wanted.length ? "answered" : "empty"]++;
  }
  process.stdout.write(JSON.stringify({ index: await differentWeights(index, store), queries: wrong.slice(0, 20), kinds }));
}

main();
