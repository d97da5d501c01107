// On the page of what is not found: an address that once was a list's leads to what is nearest. If that is not
// there either, it is this page again, which goes on from there: a day's to its month, that to its year, that to
// all dates; a venue's year to the venue, a topic's to the topic, and what is left of them, or of a paper's address
// that was cut or mistyped, to a search for its words; a later page of a list to its first; an author who has no page
// of their own, as those of one paper in a large archive, to their papers. What a sentence or a program put behind an
// address goes first.
"use strict";
(() => {
  const { href: root, pathname } = new URL("../", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const whole = location.pathname.slice(pathname.length);
  const path = whole.replace(/\.\w+$/, "");
  const [, meant] = whole.match(/^((?:paper|author|topic|venue|digest|date|day|week)s\/[\w-]+)(?:\.html)?(?:\.|\.?[^\w.-].*)$/) ?? [];
  const near = meant ? `${meant}.html` : path
    .replace(/^([a-z]+\/[\w-]+?)(-page-\d+|--(in-)?\d{4})$/, "$1.html")
    .replace(/^(days\/(\d+-\d+)|(date|week)s\/(\d+))-w?\d\d$/, "dates/$2$4.html")
    .replace(/^digests\/(\d+-\d+)[\w-]*$/, "dates/$1.html")
    .replace(/^(date|day|week)s\/[\w-]+$/, "dates/index.html")
    .replace(/^digests\/[\w-]+$/, "digests/index.html")
    .replace(/^authors\/letter-[\w-]+$/, "authors/index.html")
    .replace(/^authors\/([\w-]+?)(-\d+)?$/, "search.html?author=$1")
    .replace(/^(paper|topic|venue)s\/([\w-]+)$/, "search.html?q=$2")
    .replace(/\?.*/, (words) => words.replace(/(--and)?-+/g, "+"));
  // Behind the root, whatever is written: resolved, an address that begins with `//` or a scheme would lead away.
  const leads = !near.startsWith("search.") || document.querySelector("[role=search]");
  if (leads && near !== path && near !== path + ".html") location.replace(root + near);
})();
