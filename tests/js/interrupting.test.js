// A search that nobody waits for any more: broken off between two turns, and while it waits for a file.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { Client, SearchError, VERSION, receive } = require("./site.js").loadClient();

const EMPTY = { firsts: "", names: "" };
const manifest = {
  version: VERSION, documents: 2, size: 2, absent: "", k1: 1.2, b: 0.75, fields: [{ name: "title", boost: 1, length: 2 }],
  segments: [{ from: 0, terms: EMPTY, words: { firsts: "graph", names: "1111111111" } }], acronyms: EMPTY,
  cards: { block: 2, group: 256, names: "beefed" },
};
const files = {
  manifest,
  "pages/1111111111": { firsts: "graph", names: "2222222222" },
  "words/2222222222": { terms: "graph", codes: "#" },
};

/** A client, what it asks for, and what lets it have the list of words. */
function waiting() {
  /** @type {string[]} */
  const asked = [];
  /** @type {() => void} */
  let arrive = () => {};
  const client = new Client(async (name) => {
    asked.push(name);
    if (name.startsWith("words/")) await new Promise((come) => { arrive = () => come(undefined); });
    receive(name, files[/** @type {keyof typeof files} */ (name)], VERSION);
  });
  return { client, asked, arrive: () => arrive() };
}

test("a search that waits for a file is broken off by the next question, which is answered", async () => {
  const { client } = waiting();
  const broad = client.search("*r*", "lunr");
  await client.store();
  client.interrupt();
  await assert.rejects(broad, { name: "SearchError", code: "interrupted" });
  assert.equal((await client.search("nothing", "lunr")).total, 0);
});

test("a search that is broken off asks for nothing more when its file comes", async () => {
  const { client, asked, arrive } = waiting();
  const broad = client.search("*r*", "lunr");
  const store = await client.store();
  while (!asked.some((name) => name.startsWith("words/"))) await new Promise(setImmediate);
  let looked = 0;
  store.term = async () => (looked++, undefined);
  client.interrupt();
  await assert.rejects(broad, SearchError);
  arrive();
  for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);
  assert.equal(looked, 0);
});

test("a search that is done soon is answered although something else was asked", async () => {
  const { client } = waiting();
  const quick = client.search("nothing", "lunr");
  client.interrupt();
  const answer = await quick;
  assert.deepEqual(await answer.cards(0, 10), []);
});
