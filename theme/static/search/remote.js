// The client off the page's thread, so that a page answers keys while it searches. From a disk, where
// browsers allow no worker, and where they have none, the same code runs on the page's own thread.
"use strict";
(() => {
  /** Answers a worker remembers; a page asks about its last one alone. */
  const MOST_ANSWERS = 4;
  const { FIRST } = daybook.search;

  /** @typedef {{ id: number, answer?: number, method: string, args: any[] }} Request */
  /** @typedef {{ id: number, value?: any, counts?: object, error?: { code: string | undefined, message: string } }} Reply */

  /**
   * What may have changed in an answer since it was given.
   * @param {daybook.Answer} answer
   */
  const counted = ({ total, complete }) => ({ total, complete });

  /** The side of the worker. */
  class Host {
    /** @param {daybook.Client} client */
    constructor(client) {
      this.client = client;
      /** @type {Map<number, daybook.Answer>} */
      this.answers = new Map();
    }

    /**
     * @param {Request} request
     * @returns {Promise<Reply>}
     */
    async reply(request) {
      try {
        return { id: request.id, ...await this.answer(request) };
      } catch (error) {
        const { code, message } = /** @type {daybook.SearchError} */ (error);
        return { id: request.id, error: { code, message } };
      }
    }

    /** @param {Request} request */
    async answer({ id, answer, method, args }) {
      if (answer !== undefined) {
        const asked = /** @type {any} */ (this.answers.get(answer));
        const value = await asked[method](...args);
        return { value, counts: counted(asked) };
      }
      const value = await /** @type {any} */ (this.client)[method](...args);
      if (method !== "search") return { value };
      this.answers.set(id, value);
      for (const old of [...this.answers.keys()].slice(0, -MOST_ANSWERS)) this.answers.delete(old);
      const { terms, notes, added, instead, wish } = value;
      const first = await value.cards(0, FIRST);
      return { value: { first, terms, notes, added, instead, wish, ...counted(value) } };
    }
  }

  /** What a page holds of an answer that a worker gave. */
  class RemoteAnswer {
    /**
     * @param {RemoteClient} client
     * @param {number} id
     * @param {any} value
     */
    constructor(client, id, value) {
      Object.assign(this, value);
      /** @type {daybook.Card[]} */
      this.first = value.first;
      this.ask = (/** @type {string} */ method, /** @type {any[]} */ ...args) =>
        client.ask({ answer: id, method, args }, (counts) => Object.assign(this, counts));
    }

    /**
     * @param {number} from
     * @param {number} to
     */
    async cards(from, to) {
      return from || to !== FIRST ? this.ask("cards", from, to) : this.first;
    }

    counts() {
      return this.ask("counts");
    }
  }

  /** The side of the page: a client that has another do the work. */
  class RemoteClient {
    /**
     * @param {Worker} worker
     * @param {() => daybook.Client} instead Makes a client for this thread, should the worker not start.
     */
    constructor(worker, instead) {
      this.worker = worker;
      /** @type {Map<number, { request: Request, settle: (reply: Reply | Promise<Reply>) => void }>} */
      this.waiting = new Map();
      this.asked = 0;
      /** @type {Host | null} */
      this.own = null;
      worker.addEventListener("message", ({ data }) => this.settle(data));
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        this.own ??= new Host(instead());
        for (const { request, settle } of this.waiting.values()) settle(this.own.reply(request));
        this.waiting.clear();
      });
    }

    /** @param {Reply} reply */
    settle(reply) {
      this.waiting.get(reply.id)?.settle(reply);
      this.waiting.delete(reply.id);
    }

    /**
     * @param {Omit<Request, "id">} asked
     * @param {(counts: object) => void} [learn]
     * @returns {Promise<any>}
     */
    async ask(asked, learn) {
      const request = { id: ++this.asked, ...asked };
      const reply = await new Promise((/** @type {(reply: Reply | Promise<Reply>) => void} */ settle) => {
        if (this.own) return settle(this.own.reply(request));
        this.waiting.set(request.id, { request, settle });
        this.worker.postMessage(request);
      });
      const { value, counts, error } = reply;
      if (error?.code) throw new daybook.search.SearchError(error.code, error.message);
      if (error) throw new Error(error.message);
      if (counts) learn?.(counts);
      return asked.method === "search" ? new RemoteAnswer(this, request.id, value) : value;
    }
  }

  // Its worker looks at its messages between turns, so that a search can be interrupted.
  for (const method of ["search", "suggest", "feeds", "card", "identified", "interrupt"]) {
    Object.assign(RemoteClient.prototype, {
      /** @this {RemoteClient} @param {any[]} args */
      [method](...args) {
        return this.ask({ method, args });
      },
    });
  }

  /**
   * A client of the index in a folder, as far from the page's thread as the browser allows.
   * @param {string} folder The address of the search folder, ending in a slash.
   * @returns {daybook.AnyClient}
   */
  function openClient(folder) {
    const { Client, scriptRunner, fetchRunner } = daybook.search;
    // From a disk, and in a sandbox, a page is of no origin: there only scripts can be loaded.
    if (!/^https?:/.test(folder) || origin === "null") return new Client(scriptRunner(folder));
    const own = () => new Client(fetchRunner(folder));
    try {
      return /** @type {any} */ (new RemoteClient(new Worker(`${folder}search.js`), own));
    } catch {
      return own();
    }
  }

  Object.assign(daybook.search, { openClient, Host, RemoteClient });

  if ("DedicatedWorkerGlobalScope" in globalThis) {
    const host = new Host(new daybook.search.Client(daybook.search.fetchRunner(new URL("./", location.href).href)));
    addEventListener("message", async ({ data }) => postMessage(await host.reply(data)));
  }
})();
