// Reads a JSON list of tokens from standard input, prints what the registered pipelines make of
// each: [terms of a text, stem].
"use strict";
const fs = require("node:fs");
const { indexTerms } = require("./site.js").loadClient();

const tokens = JSON.parse(fs.readFileSync(0, "utf8"));
const stem = (token) => lunr.stemmer(new lunr.Token(token, {})).toString();
process.stdout.write(JSON.stringify(tokens.map((token) => [indexTerms(token), stem(token)])));
