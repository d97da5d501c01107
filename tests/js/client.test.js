// The client over a small index made here: limits, faults, and what it does about them.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { Client, SearchError, receive } = require("./site.js").loadClient();

/** Two papers: 'graph' in both titles, 'neural' in the second's. Codes: see codes.py. */
const FILES = {
  manifest: {
    version: 1, documents: 2, k1: 1.2, b: 0.75,
    fields: [{ name: "title", boost: 3, length: 3 }, { name: "abstract", boost: 1, length: 0 }],
    terms: { firsts: "graph", names: "0123456789" },
    words: { firsts: "graph", names: "abcdefabcd" },
    acronyms: "0000000000",
    cards: { size: 4, names: "beef" },
  },
  // rank, mask, count, then per paper: twice the gap, the field's length
  "terms/0123456789": { terms: "graph neural", codes: codes(0, 1, 2, 2, 1, 2, 2, 1, 1, 1, 4, 2) },
  "words/abcdefabcd": { terms: "graph neural", codes: codes(2, 1) },
  "acronyms/0000000000": { gnn: ["graph neural"] },
  "cards/0-beef": [{ title: "Graphs", url: "papers/a.html" }, { title: "Neural graphs", url: "papers/b.html" }],
};

/** @param {number[]} numbers Below 64. */
function codes(...numbers) {
  const alphabet = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) => !'"\\<'.includes(c));
  return numbers.map((number) => alphabet[number]).join("");
}

/** @param {Record<string, unknown>} files */
const clientOf = (files) =>
  new Client(async (name) => {
    if (!(name in files)) throw new Error(`404 ${name}`);
    receive(name, files[name]);
  });

test("results come with their cards, best first", async () => {
  const answer = await clientOf(FILES).search("neural graph");
  assert.deepEqual((await answer.cards(0, 10)).map((card) => card.title), ["Neural graphs", "Graphs"]);
  assert.deepEqual([...(answer.terms.title ?? [])], ["neural", "graph"]);
});

test("an unfinished last word is completed, a misspelt one corrected, and said", async () => {
  const client = clientOf(FILES);
  assert.equal((await client.search("neu")).total, 1);
  const corrected = await client.search("grahp neural");
  assert.equal(corrected.total, 2);
  assert.match(corrected.notes.join(), /‘grahp’.*‘graph’/);
  assert.match((await client.search("graphnig neural")).notes.join(), /‘graphnig’.*‘graphing’/);
  assert.match((await client.search("xylophone neural")).notes.join(), /No paper has ‘xylophone’/);
});

test("an acronym finds its words, although no paper writes it", async () => {
  const answer = await clientOf(FILES).search("GNN");
  assert.deepEqual((await answer.cards(0, 10)).map((card) => card.title), ["Neural graphs"]);
});

/** @param {string} text */
async function titles(text) {
  const answer = await clientOf(FILES).search(text);
  return (await answer.cards(0, 10)).map((card) => card.title);
}

test("quotes ask for exactly these words in this order, endings and all", async () => {
  assert.deepEqual(await titles('"neural graphs"'), ["Neural graphs"]);
  assert.deepEqual(await titles("“NEURAL graphs”"), ["Neural graphs"]);
  assert.deepEqual(await titles('"graphs neural"'), []);
  assert.deepEqual(await titles('"neural graph"'), []);
  assert.deepEqual(await titles('"neu graphs"'), []);
  assert.deepEqual(await titles('neural "graphs"'), ["Neural graphs", "Graphs"]);
  assert.deepEqual(await titles('"the"'), []);
});

test("what was added is told, and left out where only what was typed is asked for", async () => {
  const client = clientOf(FILES);
  const told = async (text, wish) => (await client.search(text, "meant", wish)).added.map(({ kind }) => kind);
  assert.deepEqual(await told("neu"), ["completion"]);
  assert.deepEqual(await told("GNN"), ["acronym"]);
  assert.deepEqual(await told("GNN", { typed: true }), []);
  assert.equal((await client.search("neu", "meant", { typed: true })).total, 0);
  const corrected = await client.search("grahp neural", "meant", { typed: true });
  assert.equal(corrected.instead, "graph neural");
  assert.equal(corrected.total, 1);
});

test("nothing typed, or nothing but signs and stop words, finds nothing and fails nowhere", async () => {
  for (const text of ["", "   ", "the", "!!!", "—", '""', '"the"', "\ud800", "\u202e", "()[]{}", "$^", "%E0%A4%A"]) {
    assert.equal((await clientOf(FILES).search(text)).total, 0, text);
  }
});

test("what cannot be run is refused in words", async () => {
  const client = clientOf(FILES);
  for (const text of ["x".repeat(10_000), "graph~99", "nofield:graph", "+", "title:", "graph~x", "graph^x", "+graph +title:"]) {
    await assert.rejects(client.search(text, "lunr"), (error) => {
      assert.ok(error instanceof SearchError, String(error));
      assert.match(error.message, /^[\p{Lu}‘].*[.]$/u);
      return true;
    });
  }
});

test("hostile queries come back soon", async () => {
  const client = clientOf(FILES);
  const begun = performance.now();
  for (const text of ["(a+)+$".repeat(100), "*a".repeat(400), "a ".repeat(500), "-".repeat(900), "\\".repeat(900), "~".repeat(500),
    "+-".repeat(400), "*".repeat(999), "graph~2 ".repeat(100), "é".repeat(999), "深".repeat(999), `"${"a ".repeat(400)}"`, "(".repeat(999)]) {
    for (const mode of ["meant", "lunr"]) await client.search(text, mode).catch((error) => assert.ok(error instanceof SearchError));
  }
  assert.ok(performance.now() - begun < 5000);
});

test("a shard that is gone makes the client load the new manifest and ask again", async () => {
  const { manifest } = FILES;
  const files = { ...FILES, manifest: { ...manifest, terms: { firsts: "graph", names: "9999999999" } } };
  const client = clientOf(files);
  const asked = client.search("graph");
  await client.store();
  files.manifest = manifest;
  assert.equal((await asked).total, 2);
});

test("a missing, damaged or foreign index is said in words, and asked for again the next time", async () => {
  const files = /** @type {Record<string, any>} */ ({});
  const client = clientOf(files);
  await assert.rejects(client.search("graph"), { name: "SearchError", code: "missing" });
  files.manifest = { ...FILES.manifest, version: 99 };
  await assert.rejects(client.search("graph"), { name: "SearchError", code: "version" });
  Object.assign(files, FILES);
  assert.equal((await client.search("graph")).total, 2);
  Object.assign(files, FILES, { "terms/0123456789": { terms: "graph neural", codes: "" } });
  await assert.rejects(clientOf(files).search("graph"), { name: "SearchError", code: "damaged" });
  Object.assign(files, FILES);
  assert.equal((await clientOf(files).search("graph")).total, 2);
});
