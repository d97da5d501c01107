// Answers JSON Lines of queries through the page's client code: FOLDER QUERIES MODE, one JSON list of
// result titles a line.
"use strict";
const fs = require("node:fs");
const { openSite } = require("../tests/js/site.js");

async function main() {
  const [folder = "", queries = "", mode = "meant"] = process.argv.slice(2);
  const client = openSite(folder);
  for (const line of fs.readFileSync(queries, "utf8").split("\n").filter(Boolean)) {
    const answer = await client.search(JSON.parse(line).query, mode);
    const cards = await answer.cards(0, 10);
    process.stdout.write(`${JSON.stringify(cards.map((card) => card.title))}\n`);
  }
}

main();
