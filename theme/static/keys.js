// Keys: what each does, and the list of them; loaded by daybook.js with the first one pressed.
"use strict";
(() => {
  const { base, button, kept, keep } = daybook;
  const ITEMS = ".cards > li, .related li";
  /** @type {Record<string, string>} */
  const PLACES = { h: "index.html", s: "search.html", d: "digests/index.html", t: "topics/index.html", a: "authors/index.html",
    y: "dates/index.html", l: "reading-list.html", i: "about.html" };
  const MEANINGS = [["/", "search"], ["j", "next paper of the list"], ["k", "the one before"], ["o", "open it; on a paper’s page, its source"],
    ["s", "star it, or take the star away"], ["c", "cite it, or all that the page lists"], ["t", "go to its first topic"],
    ["n", "next page or paper"], ["p", "the one before"], ["m", "mark my words and authors, or stop"],
    ["g h", "home"], ["g s", "search"], ["g d", "digests"], ["g t", "topics"], ["g a", "authors"], ["g y", "dates"],
    ["g l", "reading list"], ["g i", "about"], ["?", "this list"]];

  // Without an index there is no search to go to.
  const searched = document.querySelector("[role=search]");
  if (!searched) delete PLACES.s;

  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const current = () => document.activeElement?.closest(ITEMS) ?? null;

  /** @param {string} selector @param {ParentNode | null} place */
  const click = (selector, place) => /** @type {HTMLElement | null | undefined} */ (place?.querySelector(selector))?.click();

  /** @param {number} by */
  function move(by) {
    const items = [...document.querySelectorAll(ITEMS)].filter((item) => item.checkVisibility?.() ?? true);
    const now = current();
    const next = items[now ? items.indexOf(now) + by : by < 0 ? items.length - 1 : 0];
    next?.querySelector("a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  let going = 0;

  /** @param {string} key */
  function press(key) {
    const item = current();
    const place = PLACES[key];
    const after = going && Date.now() - going < 3000;
    going = 0;
    if (after) return place ? location.assign(base + place) : undefined;
    switch (key) {
      case "g": going = Date.now(); break;
      case "j": return move(1);
      case "k": return move(-1);
      case "o": return item ? click("a", item) : click("article > header .links a", main);
      case "s": return item ? click(".star", item) : click("article > header > .star", main);
      case "c": return void daybook.cite(item?.querySelector(".star") ? [daybook.listed(item)] : undefined);
      case "t": return click("a[href*='topics/']:not([href$='index.html'])", item ?? main);
      case "n": return click("nav [rel=next]", main);
      case "p": return click("nav [rel=prev]", main);
      case "m": return void daybook.load("marking.js").then(() => {
        const { on, ...marks } = daybook.marks();
        if (!marks.words.length && !marks.authors.length) daybook.say("Say on the page of your reading list what to mark.");
        keep(":marks", JSON.stringify({ ...marks, on: !on }));
        daybook.mark();
      });
      case "?": return help();
    }
  }

  function help() {
    const dialog = document.createElement("dialog");
    const title = document.createElement("h2");
    title.id = "keys";
    // What takes the focus is at the end: a long list would open there.
    title.tabIndex = -1;
    title.autofocus = true;
    title.textContent = "Keys";
    dialog.setAttribute("aria-labelledby", title.id);
    const list = document.createElement("dl");
    for (const [keys = "", meaning = ""] of MEANINGS) {
      if (meaning === "search" && !searched) continue;
      const name = document.createElement("dt");
      for (const key of keys.split(" ")) name.append(Object.assign(document.createElement("kbd"), { textContent: key }), " ");
      list.append(name, Object.assign(document.createElement("dd"), { textContent: meaning }));
    }
    const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: kept(":keys") !== "off" });
    box.addEventListener("change", () => keep(":keys", box.checked ? null : "off"));
    const label = document.createElement("label");
    label.append(box, " Use these keys on this archive’s pages");
    const off = document.createElement("p");
    off.append(label);
    dialog.append(title, list, off, button("Close", () => dialog.close()));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }

  Object.assign(daybook, { press, help });
})();
