// What other programs are told of a result.
"use strict";
(() => {
  const { root } = daybook.page;

  /** Where a paper is, for those who have no copy of the archive. @param {daybook.Card} card */
  const address = (card) =>
    card.arxiv ? `https://arxiv.org/abs/${card.arxiv}` : card.doi ? `https://doi.org/${encodeURI(card.doi)}` : daybook.lasting(root + card.url);

  /** What is cited of a paper: texts as readers see them. @param {daybook.Card} card @returns {daybook.Work} */
  function cited(card) {
    const { title, text } = { ...card, ...card.shown };
    return { ...card, id: daybook.slug(card.url), title: title.replace(/\s+/g, " ").trim(), url: address(card),
      abstract: text, keywords: card.topics?.map(({ name }) => name) };
  }

  Object.assign(daybook.page, { cited });
})();
