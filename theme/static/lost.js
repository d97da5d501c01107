// On the page of what is not found: an author who has no page of their own, as those of one paper in a large
// archive, is looked up by the search, so that an address that once was theirs still leads to their papers.
"use strict";
(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const slug = location.pathname.match(/\/authors\/([a-z0-9-]+?)(?:-\d+)?(?:\.html|\.bib)?$/)?.[1];
  if (slug && !slug.startsWith("letter-")) {
    location.replace(new URL(`../search.html?author=${slug.replaceAll("-", "+")}`, script.src));
  }
})();
