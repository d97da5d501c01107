// On the page of what is not found: an author who has no page of their own, as those of one paper in a large
// archive, is looked up by the search, so that an address that once was theirs still leads to their papers; so
// are the words of a venue or of topics, with the year, and a day without anything leads to all dates.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const path = /\/(?:(author)|(date|day|week)|topic|venue)s\/(?!letter-)(([\w-]+?)(-\d+)?)(?![\w-])/.exec(document.URL);
  if (path) {
    const words = (path[1] ? "author=" + path[4] : "q=" + path[3]).replace(/-(-in(?=-\d)|-and-)?-?/g, "+");
    location.replace(new URL("../" + (path[2] ? "dates/index.html" : "search.html?" + words), script.src));
  }
})();
