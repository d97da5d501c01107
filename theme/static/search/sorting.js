// Sorting in turns: see turns.js.
"use strict";
(() => {
  /** How many things are sorted at once. */
  const RUN = 4096;

  /**
   * Sort as `Array.prototype.sort` does, what is equal staying in its order.
   * @template Value
   * @param {readonly Value[]} list
   * @param {(a: Value, b: Value) => number} compare
   * @param {() => Promise<void>} pause
   */
  async function sorted(list, compare, pause) {
    /** @type {Value[][]} */
    let runs = [];
    for (let from = 0; from < list.length; from += RUN) {
      runs.push(list.slice(from, from + RUN).sort(compare));
      await pause();
    }
    while (runs.length > 1) {
      const longer = [];
      for (let i = 0; i < runs.length; i += 2) longer.push(await merged(runs[i] ?? [], runs[i + 1] ?? [], compare, pause));
      runs = longer;
    }
    return runs[0] ?? [];
  }

  /**
   * @template Value
   * @param {Value[]} first
   * @param {Value[]} second
   * @param {(a: Value, b: Value) => number} compare
   * @param {() => Promise<void>} pause
   */
  async function merged(first, second, compare, pause) {
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

  Object.assign(daybook.search, { sorted });
})();
