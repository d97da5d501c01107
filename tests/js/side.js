// What the client reads of the facts and names in a folder's index, as JSON.
// Usage: node side.js FOLDER < a JSON list of beginnings
"use strict";
const fs = require("node:fs");
const { openSite, loadClient } = require("./site.js");

async function main() {
  const client = openSite(process.argv[2] ?? "");
  const store = await client.store();
  const { factsOf, author } = loadClient();
  const { dates, topics, digests, code } = await factsOf(store);
  const asked = JSON.parse(fs.readFileSync(0, "utf8"));
  const suggested = {};
  const people = {};
  const feeds = {};
  for (const text of asked) {
    suggested[text] = await client.suggest(text);
    people[text] = (await author(store, text))?.papers ?? null;
    feeds[text] = (await client.feeds(text, {})).flatMap(({ url }) => url ?? []);
  }
  process.stdout.write(JSON.stringify({ dates, topics, digests, code, suggested, people, feeds }));
}

main();
