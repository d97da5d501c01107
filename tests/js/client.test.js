// The client over a small index made here: limits, faults, and what it does about them.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { deflateSync } = require("node:zlib");
const { Client, Files, SearchError, VERSION, receive } = require("./site.js").loadClient();

const ALPHABET = Array.from({ length: 94 }, (_, i) => String.fromCharCode(0x21 + i)).filter((c) => !'"\\<'.includes(c));

/** Two papers: 'graph' in both titles, 'neural' in the second's. Codes: see codes.py. */
const FILES = {
  manifest: {
    version: VERSION, documents: 2, size: 2, absent: "", k1: 1.2, b: 0.75,
    fields: [{ name: "title", boost: 3, length: 3 }, { name: "abstract", boost: 1, length: 0 }],
    segments: [{
      from: 0,
      terms: { firsts: "graph", names: "1111111111" },
      words: { firsts: "graph", names: "2222222222" },
    }],
    acronyms: { firsts: "gnn", names: "0000000000" },
    cards: { block: 2, group: 256, names: "beefed" },
  },
  "pages/1111111111": { firsts: "graph", names: "0123456789" },
  "pages/2222222222": { firsts: "graph", names: "abcdefabcd" },
  // rank, mask, twice the count, then the gaps, then the field's lengths
  "terms/0123456789": { terms: "graph neural", codes: codes(0, 1, 4, 0, 0, 1, 2, 1, 1, 2, 4, 2) },
  "words/abcdefabcd": { terms: "graph neural", codes: codes(2, 1) },
  "acronyms/0000000000": [["gnn", [["gnn", "graph neural"]]], ["graph", [["gnn", "graph neural"]]]],
  "cards/0-beefed/0": [{ title: "Graphs", url: "papers/a.html" }, { title: "Neural graphs", url: "papers/b.html" }],
};

/** @param {number[]} numbers Below 64. */
function codes(...numbers) {
  return numbers.map((number) => ALPHABET[number]).join("");
}

/** @param {number} number From 64 to 1791. */
const far = (number) => `${ALPHABET[63 + Math.floor(number / 64)]}${codes(number % 64)}`;

/** @param {Record<string, unknown>} files */
const clientOf = (files, version = VERSION) =>
  new Client(async (name) => {
    if (!(name in files)) throw new Error(`404 ${name}`);
    receive(name, files[name], version);
  });

test("results come with their cards, best first", async () => {
  const answer = await clientOf(FILES).search("neural graph");
  assert.deepEqual((await answer.cards(0, 10)).map((card) => card.title), ["Neural graphs", "Graphs"]);
  assert.deepEqual([...(answer.terms.title ?? [])], ["neural", "graph"]);
});

test("an unfinished last word is completed, a misspelt one corrected, and said", async () => {
  const client = clientOf(FILES);
  assert.equal((await client.search("neu")).total, 1);
  const passed = await client.search("graphica");
  assert.deepEqual([passed.total, passed.notes], [2, []], "a word whose stem is passed is no misspelling");
  const corrected = await client.search("grahp neural");
  assert.equal(corrected.total, 2);
  assert.match(corrected.notes.join(), /‘grahp’.*‘graph’/);
  const endless = await client.search("neural grapxh");
  assert.match(endless.notes.join(), /‘grapxh’.*‘graph’/, "what no word goes on with is no completion");
  assert.match((await client.search("graphnig neural")).notes.join(), /‘graphnig’.*‘graphing’/);
  assert.match((await client.search("xylophone neural")).notes.join(), /No paper has ‘xylophone’/);
  assert.match((await client.search("大语言模型")).notes.join(), /No paper has ‘大语言模型’\.$/, "of a word cut into several, once");
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

test("a title that says the words as they were typed comes first", async () => {
  const files = {
    ...FILES,
    // Both papers have both words, in titles of one length: their numbers alone would decide.
    "terms/0123456789": { terms: "graph neural", codes: codes(0, 1, 4, 0, 0, 2, 2, 1, 1, 4, 0, 0, 2, 2) },
    "cards/0-beefed/0": [{ title: "Graph neurally", url: "papers/a.html" }, { title: "Neural graphs", url: "papers/b.html" }],
  };
  const first = async (/** @type {string} */ text) => (await (await clientOf(files).search(text)).cards(0, 1))[0]?.title;
  assert.equal(await first("neural graphs"), "Neural graphs");
  assert.equal(await first("graph neurally"), "Graph neurally");
});

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
  const begun = process.cpuUsage();
  for (const text of ["(a+)+$".repeat(100), "*a".repeat(400), "a ".repeat(500), "-".repeat(900), "\\".repeat(900), "~".repeat(500),
    "+-".repeat(400), "*".repeat(999), "graph~2 ".repeat(100), "é".repeat(999), "深".repeat(999), `"${"a ".repeat(400)}"`, "(".repeat(999)]) {
    for (const mode of ["meant", "lunr"]) await client.search(text, mode).catch((error) => assert.ok(error instanceof SearchError));
  }
  const { user, system } = process.cpuUsage(begun);
  assert.ok(user + system < 5e6, "seconds of the processor, whatever else it does");
});

test("a shard that is gone makes the client load the new manifest and ask again", async () => {
  const { manifest } = FILES;
  const files = { ...FILES, manifest: { ...manifest, acronyms: { firsts: "graph", names: "9999999999" } } };
  const client = clientOf(files);
  const asked = client.search("graph");
  await client.store();
  files.manifest = manifest;
  assert.equal((await asked).total, 2);
});

test("cards that are gone make the client load the new manifest and ask again", async () => {
  const { manifest } = FILES;
  const files = { ...FILES, manifest: { ...manifest, cards: { ...manifest.cards, names: "abcdef" } } };
  const client = clientOf(files);
  const asked = client.search("graph");
  await client.store();
  files.manifest = manifest;
  assert.equal((await (await asked).cards(0, 10)).length, 2);
});

test("what is gone that no answer needed makes the next question begin anew", async () => {
  const files = { ...FILES, side: { titles: { all: { firsts: "graph", names: "1111111111" }, likeliest: { firsts: "", names: "" } },
    people: { all: { firsts: "", names: "" }, likeliest: { firsts: "", names: "" } }, topics: [] } };
  const client = clientOf(files);
  await assert.rejects(client.suggest("graph"), { code: "missing" });
  Object.assign(files, { "titles/2222222222": { names: "Graphs", codes: codes(0) } });
  files.side.titles = { all: { firsts: "graph", names: "2222222222" }, likeliest: { firsts: "", names: "" } };
  assert.deepEqual((await client.suggest("graph")).map(({ name }) => name), ["Graphs"]);
});

test("facts that are of another day than the manifest are loaded anew with the next question", async () => {
  const files = { ...FILES, "facts/1111111111": { topics: [], digests: [], codes: codes(2, 0) },
    "facts/2222222222": { topics: [], digests: [], codes: codes(2, 0, 3, 0) }, side: { facts: { size: 2048, names: "1111111111" } } };
  const client = clientOf(files);
  await assert.rejects((await client.search("graph")).counts(), { code: "damaged" });
  files.side = { facts: { size: 2048, names: "2222222222" } };
  assert.equal((await (await client.search("graph")).counts()).code, 1);
});

test("a part of another version makes the client load the new manifest and ask again", async () => {
  let version = VERSION;
  let manifests = 0;
  const client = new Client(async (name) => {
    if (name === "manifest") manifests++;
    // The archive is published anew between the manifest and the shards.
    if (name === "terms/0123456789") version = manifests > 1 ? VERSION : VERSION + 1;
    receive(name, FILES[/** @type {keyof typeof FILES} */ (name)], version);
    version = VERSION;
  });
  assert.equal((await client.search("graph")).total, 2);
  assert.equal(manifests, 2);
});

test("papers of two segments are found together, those of no number passed over", async () => {
  const { manifest } = FILES;
  const [segment] = manifest.segments;
  const later = { ...segment, from: 256, terms: { firsts: "graph", names: "3333333333" } };
  const client = clientOf({
    ...FILES,
    // 256 and 258 exist, and 0 and 1: 2 to 255 are passed over, and 257.
    manifest: {
      ...manifest, documents: 4, size: 259, absent: `${codes(2)}${far(254)}${codes(1, 1)}`, segments: [segment, later],
      cards: { ...manifest.cards, names: "beefedbeefed" },
    },
    "cards/1-beefed/0": [{ title: "Later graphs", url: "papers/c.html" }, null],
    "cards/1-beefed/1": [{ title: "Last graphs", url: "papers/d.html" }, null],
    "pages/3333333333": { firsts: "graph", names: "4444444444" },
    "terms/4444444444": { terms: "graph", codes: codes(0, 1, 4, 0, 7, 5, 2, 2) },
  });
  const papers = async (/** @type {string} */ text) =>
    (await client.search(text, "lunr")).hits.map(({ paper }) => paper).sort((a, b) => a - b);
  assert.deepEqual(await papers("graph"), [0, 1, 256, 258]);
  assert.deepEqual(await papers("-neural"), [0, 256, 258]);
  const term = await (await client.store()).term("graph");
  assert.deepEqual([...(term?.fields[0]?.times ?? [])], [1, 1, 1, 5]);
});

test("a missing, damaged or foreign index is said in words, and asked for again the next time", async () => {
  const files = /** @type {Record<string, any>} */ ({});
  const client = clientOf(files);
  await assert.rejects(client.search("graph"), { name: "SearchError", code: "missing" });
  await assert.rejects(clientOf(FILES, VERSION + 1).search("graph"), { name: "SearchError", code: "version" });
  Object.assign(files, FILES);
  assert.equal((await client.search("graph")).total, 2);
  Object.assign(files, FILES, { "terms/0123456789": { terms: "graph neural", codes: "" } });
  await assert.rejects(clientOf(files).search("graph"), { name: "SearchError", code: "damaged" });
  Object.assign(files, FILES);
  assert.equal((await clientOf(files).search("graph")).total, 2);
});

test("who began anew while a file was under way has it, and so has who waited before", async () => {
  /** @type {(() => void)[]} */
  const arrive = [];
  const files = new Files(async (name) => {
    await new Promise((/** @type {(value: void) => void} */ resolve) => arrive.push(resolve));
    receive(name, [name], VERSION);
  });
  const before = files.load("manifest");
  files.clear();
  const after = files.load("manifest");
  for (const come of arrive) come();
  assert.deepEqual(await Promise.all([before, after]), [["manifest"], ["manifest"]]);
});

test("cards may be packed, and what cannot be unpacked is damage", async () => {
  const name = "cards/0-beefed/0";
  const packed = (/** @type {string} */ text) => deflateSync(text).toString("base64");
  const answer = await clientOf({ ...FILES, [name]: packed(JSON.stringify(FILES[name])) }).search("graph");
  assert.deepEqual(await answer.cards(0, 2), await (await clientOf(FILES).search("graph")).cards(0, 2));
  for (const text of ["no base64", btoa("no zlib"), packed("no JSON")]) {
    await assert.rejects(clientOf({ ...FILES, [name]: text }).search("graph"), { name: "SearchError", code: "damaged" });
  }
});

test("words that are in no index are said to be no query, quoted or not", async () => {
  for (const text of ["the", "of the", "\"of the\""]) {
    const { total, notes } = await clientOf(FILES).search(text);
    assert.equal(total, 0);
    assert.match(notes.join(), /as common as these/, text);
  }
  for (const text of ["the graph", "\"the\" graph", "%"]) assert.deepEqual((await clientOf(FILES).search(text)).notes, [], text);
});
