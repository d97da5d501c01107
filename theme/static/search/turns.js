// Long work in short turns, so that a page that searches on its own thread still answers keys. The
// order of what is done, and so every result, is the same however it is cut.
"use strict";
(() => {
  /** How long a turn may last, in milliseconds; what is between two looks at the clock comes on top. */
  const TURN = 12;
  /** How many things are sorted at once. */
  const RUN = 4096;

  let begun = 0;
  /** @type {Promise<void> | null} */
  let resting = null;

  /** Let others have their turn, if this one has lasted long enough. A message is the fastest way there. */
  async function pause() {
    if (performance.now() - begun < TURN) return;
    resting ??= new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resting = null;
        begun = performance.now();
        resolve();
      };
      port2.postMessage(null);
    });
    await resting;
  }

  /**
   * Sort as `Array.prototype.sort` does, what is equal staying in its order.
   * @template Value
   * @param {readonly Value[]} list
   * @param {(a: Value, b: Value) => number} compare
   */
  async function sorted(list, compare) {
    /** @type {Value[][]} */
    let runs = [];
    for (let from = 0; from < list.length; from += RUN) {
      runs.push(list.slice(from, from + RUN).sort(compare));
      await pause();
    }
    while (runs.length > 1) {
      const longer = [];
      for (let i = 0; i < runs.length; i += 2) longer.push(await merged(runs[i] ?? [], runs[i + 1] ?? [], compare));
      runs = longer;
    }
    return runs[0] ?? [];
  }

  /**
   * @template Value
   * @param {Value[]} first
   * @param {Value[]} second
   * @param {(a: Value, b: Value) => number} compare
   */
  async function merged(first, second, compare) {
    /** @type {Value[]} */
    const all = [];
    let at = 0;
    for (const [i, value] of second.entries()) {
      while (at < first.length && compare(/** @type {Value} */ (first[at]), value) <= 0) all.push(/** @type {Value} */ (first[at++]));
      all.push(value);
      if (i % RUN === 0) await pause();
    }
    for (; at < first.length; at++) all.push(/** @type {Value} */ (first[at]));
    return all;
  }

  Object.assign(daybook.search, { pause, sorted });
})();
