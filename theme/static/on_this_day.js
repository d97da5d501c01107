// 'On this day', by the reader's clock: papers and digests of this day in other years. Loaded by the home page.
"use strict";
(() => {
  const section = document.getElementById("on-this-day");
  const today = new Date();
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  if (!section) return;
  daybook.load(`../dates/on-${two(today.getMonth() + 1)}.js`).then(() => {
    const found = (daybook.days?.[two(today.getDate())] ?? []).filter(([year]) => year !== today.getFullYear());
    const list = document.createElement("ul");
    list.className = "cards";
    for (const [year, url, name] of found) {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: daybook.base + url, textContent: name });
      item.append(link, " ", Object.assign(document.createElement("small"), { textContent: String(year) }));
      list.append(item);
    }
    section.append(list);
    daybook.dress(list);
    section.hidden = !found.length;
  }, () => undefined);
})();
