// The client behind a channel of messages: what a page sees of a worker, here without a browser.
"use strict";
const { test } = require("node:test");
const assert = require("node:assert/strict");
const { Host, RemoteClient, SearchError } = require("./site.js").loadClient();

/** What a worker's client would find: one paper for certain, and another when more are asked for. */
const found = {
  terms: { title: new Set(["graph"]) }, notes: ["A note."], added: [], instead: "", wish: {}, total: 1, complete: false,
  hits: [{ paper: 3, score: 1 }],
  async cards(/** @type {number} */ from) {
    if (from) Object.assign(this, { total: 2, complete: true });
    return [{ title: from ? "More graphs" : "Graphs", url: "papers/a.html" }];
  },
};

const client = {
  async search(/** @type {string} */ text) {
    if (text === "wrong:") throw new SearchError("query", "A word is needed.");
    if (text === "bug") throw new TypeError("no such thing");
    return { ...found };
  },
  async card(/** @type {number} */ paper) {
    return { title: String(paper), url: "" };
  },
};

/** A worker over a real channel, whose messages are really cloned. */
function connected() {
  const { port1, port2 } = new MessageChannel();
  const host = new Host(/** @type {any} */ (client));
  port2.addEventListener("message", async (/** @type {any} */ { data }) => port2.postMessage(await host.reply(data)));
  const worker = /** @type {any} */ (port1);
  const remote = new RemoteClient(worker, () => /** @type {any} */ (client));
  port1.start();
  port2.start();
  return { remote, worker, close: () => (port1.close(), port2.close()) };
}

test("an answer comes over, with its terms, and learns more as its cards are asked for", async () => {
  const { remote, close } = connected();
  const answer = await remote.search("graph");
  assert.deepEqual([...(answer.terms.title ?? [])], ["graph"]);
  assert.equal(answer.total, 1);
  assert.equal((await answer.cards(0, 10))[0]?.title, "Graphs");
  assert.equal(answer.total, 1);
  assert.equal((await answer.cards(10, 20))[0]?.title, "More graphs");
  assert.equal(answer.total, 2);
  assert.equal(answer.complete, true);
  assert.equal((await remote.card(7)).title, "7");
  close();
});

test("what a reader did wrong comes over as what it is, a fault of ours as another", async () => {
  const { remote, close } = connected();
  await assert.rejects(remote.search("wrong:"), { name: "SearchError", code: "query", message: "A word is needed." });
  await assert.rejects(remote.search("bug"), (error) => !(error instanceof SearchError) && /no such thing/.test(String(error)));
  close();
});

test("a worker that does not start is done without, also for what was asked already", async () => {
  const worker = /** @type {any} */ (new EventTarget());
  worker.postMessage = () => {};
  const remote = new RemoteClient(worker, () => /** @type {any} */ (client));
  const early = remote.search("graph");
  worker.dispatchEvent(new Event("error"));
  assert.equal((await early).total, 1);
  const answer = await remote.search("graph");
  assert.equal((await answer.cards(0, 1)).length, 1);
});
