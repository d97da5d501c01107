// What a reader asks for besides words, as an address says it.
"use strict";
(() => {
  const TEXTS = /** @type {const} */ (["topic", "author", "from", "to", "digest"]);

  /**
   * What an address, or a form, asks for besides words.
   * @param {(name: string) => string} get
   * @returns {daybook.Wish}
   */
  function readWish(get) {
    /** @type {daybook.Wish} */
    const wish = {};
    for (const name of TEXTS) if (get(name).trim()) wish[name] = get(name).trim().slice(0, 200);
    for (const name of /** @type {const} */ (["code", "typed"])) if (get(name) === "1") wish[name] = true;
    if (get("sort") === "date") wish.sort = "date";
    return wish;
  }

  /**
   * The other way round.
   * @param {daybook.Wish} wish
   * @returns {[string, string][]}
   */
  const writtenWish = (wish) => Object.entries(wish).filter(([, value]) => value).map(([name, value]) => [name, value === true ? "1" : value]);

  Object.assign(daybook.page, { TEXTS, readWish, writtenWish });
})();
