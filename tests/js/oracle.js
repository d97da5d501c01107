// Answers queries as stock lunr.js does with the file that `make oracle` writes: FILE QUERY...
// It uses nothing of Daybook but that file.
"use strict";
const fs = require("node:fs");
const vm = require("node:vm");

const [file = "", ...queries] = process.argv.slice(2);
const oracle = JSON.parse(fs.readFileSync(file, "utf8"));
const lunr = (/** @type {any} */ (globalThis).lunr = require("lunr"));
vm.runInThisContext(oracle.script);

const builder = new lunr.Builder();
builder.pipeline = lunr.Pipeline.load(oracle.pipeline);
builder.searchPipeline = lunr.Pipeline.load(oracle.searchPipeline);
builder.ref(oracle.ref);
builder.k1(oracle.k1);
builder.b(oracle.b);
for (const { name, boost } of oracle.fields) builder.field(name, { boost });
for (const document of oracle.documents) builder.add(document);
const index = builder.build();

const answer = (/** @type {string} */ query) =>
  index.search(query).map((/** @type {any} */ { ref, score }) => ({ url: ref, score }));
process.stdout.write(JSON.stringify(queries.map(answer)));
