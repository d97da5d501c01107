// What the search page tells when there is something to tell: what was added, more results, citations.
"use strict";
(() => {
  const { root, element, button, result } = daybook.page;
  const { FIRST: PAGE, quotable } = daybook.search;
  /** Cards of more papers than this take a while to be there. */
  const MANY = 100;
  /**
   * How papers, or readers, write terms: gives their most frequent word that has one. A stem is no word, and not given.
   * @param {daybook.Card[]} cards
   * @param {string} typed
   * @returns {(term: string) => string | undefined}
   */
  function writer(cards, typed) {
    /** @type {Map<string, number>} */
    const counts = new Map();
    const text = cards.map((card) => `${card.title} ${card.text ?? ""}`).join(" ");
    for (const word of daybook.search.plainWords(`${text} ${typed.replaceAll("-", "")}`)) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
    const words = [...counts].sort((a, b) => b[1] - a[1]);
    // Stems begin as their words do, but for those cut out of a run of Chinese.
    return (term) => words.find(([word]) => (word[0] === term[0] || word > "\u2e80") &&
      daybook.search.queryTerms(word).includes(term))?.[0];
  }

  /**
   * Search for no more, or for more, than what was typed.
   * @param {daybook.SearchPage} page
   * @param {boolean} typed
   * @param {string} label
   */
  const widen = (page, typed, label) => button(label, () => {
    page.typed = typed;
    page.ask();
    page.input.focus();
  });

  /**
   * What was searched for besides what was typed, how to go without, and what may have been meant.
   * @param {daybook.SearchPage} page
   * @param {daybook.Answer} answer
   * @param {daybook.Card[]} cards
   */
  function tellAdded(page, { added, instead, wish }, cards) {
    const { queryTerms, wordsOf } = daybook.search;
    const text = page.input.value;
    const write = writer(added.length ? cards : [], text);
    const words = added.map(({ word, others }) => {
      const terms = word.split(" ").flatMap(queryTerms);
      const typed = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}-]*/gu)?.filter((one) =>
        wordsOf(one).flatMap(queryTerms).some((term) => terms.includes(term))) ?? [];
      const written = others.map((all) => all.map(write)).filter((all) => all.every(Boolean))
        .slice(0, 3).map((all) => `‘${quotable(all.join(" "), 60)}’`);
      const more = others.length - written.length;
      return `${written.join(", ") || "other words"}${written[0] && more ? ` and ${more} more` : ""} for ‘${quotable([...new Set(typed)].join(" ") || word, 40)}’`;
    });
    const parts = words.length ? [`Also searched for ${[...new Set(words)].join("; ")}. `] : [];
    if (words.length || (instead && !wish.typed)) page.added.replaceChildren(...parts, widen(page, true, "Search only for what I typed"));
    if (!wish.typed) return;
    if (instead) {
      page.added.append("Did you mean ", button(quotable(instead, 80), () => {
        page.input.value = instead;
        page.ask();
      }), "? ");
    }
    page.added.append("Nothing was added to what you typed. ", widen(page, false, "Search for what it means, too"));
  }

  /**
   * @param {daybook.SearchPage} page
   * @param {boolean} [again] Whether the answer was given anew, as its cards were gone.
   * @returns {Promise<void>}
   */
  async function showMore(page, again = false) {
    const { answer } = page;
    const from = page.results.children.length;
    if (!answer) return;
    let cards;
    try {
      cards = await answer.cards(from, from + PAGE);
    } catch (error) {
      if (again || !daybook.search.isStale(error)) return page.explain(error);
      page.shown = "";
      await page.ask();
      return showMore(page, true);
    }
    if (page.answer !== answer || page.results.children.length !== from) return;
    const items = cards.map((card) => result(card, answer.terms));
    page.results.append(...items);
    page.tell();
    items[0]?.querySelector("a")?.focus();
  }

  /** Where a paper is, for those who have no copy of the archive. @param {daybook.Card} card */
  const address = (card) =>
    card.arxiv ? `https://arxiv.org/abs/${card.arxiv}` : card.doi ? `https://doi.org/${encodeURI(card.doi)}` : daybook.lasting(root + card.url);

  /** What is cited of a paper: texts as readers see them. @param {daybook.Card} card @returns {daybook.Work} */
  function cited(card) {
    const { title, text } = { ...card, ...card.shown };
    return { ...card, id: daybook.slug(card.url), title: title.replace(/\s+/g, " ").trim(), url: address(card),
      abstract: text, keywords: card.topics?.map(({ name }) => name) };
  }

  /**
   * @param {daybook.SearchPage} page
   * @param {daybook.Answer} answer
   * @param {number} most
   */
  async function cite(page, answer, most) {
    if (most > MANY && answer.total > MANY) daybook.say("Reading what is to be cited…");
    try {
      await daybook.cite((await answer.cards(0, most)).map(cited));
    } catch (error) {
      page.explain(error);
    }
  }

  /**
   * Pages and feeds that have every paper of a search in time.
   * @param {daybook.SearchPage} page
   * @param {daybook.Answer} answer
   * @param {string} text
   */
  async function offerFeeds(page, answer, text) {
    const named = await page.client.feeds(text, answer.wish).catch(() => []);
    if (page.answer !== answer) return;
    const links = (/** @type {[string, string][]} */ all) => all.flatMap(([name, url], i) => [i ? ", " : "", element("a", { href: root + url }, [name])]);
    if (named[0]) page.added.append(" All papers on or by ", ...links(named.map(({ name, page }) => [name, page])), ".");
    const feeds = named.flatMap(({ name, url }) => (url ? [/** @type {[string, string]} */ ([name, url])] : []));
    if (feeds[0]) page.after.append(element("p", {}, ["Subscribe to all papers on or by ", ...links(feeds), " (Atom)"]));
  }

  Object.assign(daybook.page, { tellAdded, showMore, cite, offerFeeds });
})();
