// The page of the reading list: what is starred, a list that somebody shared, files in and out, what to mark.
"use strict";
(() => {
  const { base, load, kept, keep, entry, star, starred, lasting, say, button } = daybook;
  const SHOWN = 50;
  const MOST_SHARED = 1000;
  const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const field = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (part(id));
  const list = part("reading-list");
  const status = part("list-status");
  const counted = (/** @type {number} */ number) => `${number.toLocaleString("en")} paper${number === 1 ? "" : "s"}`;
  const addressOf = (/** @type {string} */ id) => `${base}papers/${id}.html`;
  let shown = SHOWN;

  /** @param {daybook.Told} told */
  const find = (told) => load("importing.js").then(() => daybook.importing.find(told));

  /** @param {string} tag @param {(Node | string)[]} children */
  function element(tag, ...children) {
    const made = document.createElement(tag);
    made.append(...children);
    return made;
  }

  /** A date in words, as exact as it is known. @param {string} date */
  const inWords = (date) => new Date(date).toLocaleDateString("en-GB",
    { timeZone: "UTC", year: "numeric", ...(date[4] && { month: "long" }), ...(date[7] && { day: "numeric" }) });

  /** A paper as lists show it. @param {daybook.Entry} paper */
  function item({ id, title, authors = [], more, date }) {
    const link = Object.assign(document.createElement("a"), { href: addressOf(id), textContent: title });
    const made = element("li", element("h3", link));
    const names = authors.slice(0, 6).join(", ");
    const rest = Math.max(authors.length - 6, 0) + Number(more ?? 0);
    const by = names ? names + (rest ? ` and ${rest} more` : "") : rest ? `${rest} author${rest > 1 ? "s" : ""}` : "";
    if (by) made.append(Object.assign(element("p", by), { className: "by" }));
    if (date) {
      const time = Object.assign(document.createElement("time"), { dateTime: date, textContent: inWords(date) });
      made.append(Object.assign(element("p", time), { className: "facts when" }));
    }
    return made;
  }

  /** All starred papers, the last first. */
  const everything = () => starred().map((id) => /** @type {daybook.Entry} */ (entry(id)))
    .sort((a, b) => (Number(b.starred) || 0) - (Number(a.starred) || 0) || (a.id < b.id ? -1 : 1));

  /** Those that the reader wants to see. */
  function chosen() {
    const words = field("list-words").value.toLowerCase().split(/\s+/);
    const which = field("list-which").value;
    return everything().filter(({ title, authors = [], tags = [], note = "", read }) => {
      const text = [title, ...authors, ...tags, note].join("\n").toLowerCase();
      return (!which || Boolean(read) === (which === "read")) && words.every((word) => text.includes(word));
    });
  }

  /** @param {boolean} [more] Whether a reader who is in the list asked for it. */
  function show(more) {
    const all = everything();
    const some = chosen();
    const damaged = all.filter((one) => one.damaged).length;
    status.textContent = !all.length ? "Nothing is starred yet. Every paper, on its page and in lists, has a star."
      : `${counted(all.length)}${some.length < all.length ? `, ${some.length.toLocaleString("en")} shown` : ""}.${damaged
        ? ` What was kept of ${counted(damaged)} is damaged, and the title is guessed from the address; opening the page mends it.` : ""}`;
    part("list-tools").hidden = !all.length;
    const focused = document.activeElement;
    if (!more && list.contains(focused)) {
      focused?.addEventListener("blur", () => setTimeout(show), { once: true }); // what is typed there is not saved yet
      return;
    }
    list.replaceChildren(...some.slice(0, shown).map((paper) => {
      const made = item(paper);
      made.append(daybook.notes(paper.id));
      return made;
    }));
    daybook.dress(list);
    if (some.length > shown) list.append(element("li", button("Show more", () => {
      shown += SHOWN;
      show(true);
      list.children[shown - SHOWN]?.querySelector("a")?.focus();
    })));
  }

  // Out.

  /** Look up what lists do not tell, as far as the search answers. @param {daybook.Entry[]} papers */
  async function complete(papers) {
    const missing = papers.filter((one) => one.arxiv === undefined);
    try {
      for (const [at, one] of missing.entries()) {
        status.textContent = `Looking up ${at + 1} of ${counted(missing.length)}…`;
        const found = await find({ ...one, raw: one.id });
        const now = entry(one.id); // its reader may have written a note meanwhile, or taken it off
        if (now) star({ ...now, ...found, id: one.id, arxiv: found?.arxiv ?? "" });
      }
    } catch {
      say("The archive’s search did not answer: some facts are left out.");
    }
    show();
    return papers.map(({ id }) => entry(id) ?? { id, title: id }).map(cited);
  }

  /** @param {daybook.Entry} one @returns {daybook.Work} */
  const cited = (one) => ({ ...one, keywords: one.tags,
    url: one.arxiv ? `https://arxiv.org/abs/${one.arxiv}` : one.doi ? `https://doi.org/${one.doi}` : lasting(addressOf(one.id)) });

  /** @param {daybook.Work[]} works */
  const markdown = (works) => `${works.map((work) => {
    const { title, id, authors = [], date, read, note, tags = [] } = /** @type {daybook.Entry} */ (work);
    const safe = (/** @type {string} */ text) => text.replace(/[\\`*_[\]<>#|@]/g, "\\$&");
    const inline = (/** @type {string} */ text) => safe(text.replace(/\s+/g, " ")).replaceAll(" \\#", " &#35;"); // which begins a tag
    const who = inline([authors.slice(0, 3).join(", ") + (authors.length > 3 ? " et al." : ""), date ?? ""].filter(Boolean).join(", "));
    return `- [${read ? "x" : " "}] [${inline(title)}](${lasting(addressOf(id)) || addressOf(id)})${who && `. ${who}`}${tags.map((tag) => ` \\#${inline(tag)}`).join("")}${note ? `\n  ${safe(note.trim()).replaceAll("\n", "\n  ")}` : ""}`;
  }).join("\n")}\n`;

  /** @type {Record<string, daybook.Form>} */
  const FORMS = {
    Markdown: ["md", "text/markdown", markdown],
    "JSON with notes": ["json", "application/json", (works) => JSON.stringify({ daybook: 1, papers: works }, null, 1)],
  };

  part("list-out").addEventListener("click", async () => daybook.cite(await complete(chosen()), FORMS));
  daybook.works = () => chosen().map(cited);

  const link = () => {
    const here = lasting(`${base}reading-list.html`) || `${base}reading-list.html`;
    return `${here}#papers=${chosen().slice(0, MOST_SHARED).map(({ id }) => id).join(",")}`;
  };
  part("list-link").addEventListener("click", async () => {
    const long = link().length > 8000 ? " It is long: some programs cut such links; a file is safer." : "";
    say(await daybook.copy(link()) ? `Link to ${counted(Math.min(chosen().length, MOST_SHARED))} copied.${long}` : "The browser refused to copy the link.");
  });
  if ("share" in navigator) {
    part("list-link").after(" ", button("Share", () => navigator.share({ title: document.title, url: link() }).catch(() => undefined)));
  }

  // In.

  /** Put a paper on the list; what the reader already said of it stays. @param {daybook.Entry} paper @param {Partial<daybook.Entry>} said */
  function add(paper, said) {
    const before = entry(paper.id);
    const { starred: when } = before ?? said;
    star({ ...before, ...paper, ...(when && { starred: when }), read: Boolean(before?.read || said.read),
      note: daybook.joined("", before?.note ?? "", said.note ?? ""), tags: daybook.merged([], said.tags ?? [], before?.tags ?? []) });
    return !before;
  }

  field("list-in").addEventListener("change", async () => {
    const file = field("list-in").files?.[0];
    if (!file) return;
    const lost = [];
    const now = Date.now();
    let added = 0;
    let told = /** @type {daybook.Told[]} */ ([]);
    const missing = part("list-missing");
    missing.replaceChildren();
    try {
      for (const name of ["citing.js", "importing.js"]) await load(name);
      told = daybook.importing.read(await file.text());
      for (const [at, one] of told.entries()) {
        status.textContent = `Looking up ${at + 1} of ${counted(told.length)}…`;
        const found = await find(one);
        if (found) added += Number(add(found, { starred: now - at, ...one })); // the list shows the last first
        else lost.push(one.title || one.id || "(without a title)");
      }
      say(!told.length ? `No paper can be read from ‘${file.name}’: JSON, BibTeX, RIS, CSL-JSON or Markdown is expected.`
        : `${counted(told.length)} read: ${added} added, ${told.length - lost.length - added} on the list before, ${lost.length} not found in this archive.`);
    } catch {
      say(`The archive’s search did not answer. ${added} of ${counted(told.length)} added; choose the file once more.`);
    }
    field("list-in").value = "";
    if (lost.length) missing.append("Not in this archive:", element("ul", ...lost.map((title) => element("li", title))));
    show();
  });

  // A list that somebody shared; nothing of it is kept until the reader says so.
  async function showShared() {
    const names = [...new Set((location.hash.match(/^#papers=(.*)/)?.[1] ?? "").split(/,|%2C/i))].filter((id) => /^[a-z0-9-]{1,250}$/.test(id)).slice(0, MOST_SHARED);
    const section = part("shared");
    const cards = part("shared-papers");
    const add_ = /** @type {HTMLButtonElement} */ (part("shared-add"));
    section.hidden = !names.length;
    const works = names.map((id) => entry(id) ?? { id, title: id.replaceAll("-", " "), damaged: true });
    const items = works.map(item);
    cards.replaceChildren(...items);
    part("shared-status").textContent = `${counted(names.length)}. They are not on your own list unless you add them.`;
    add_.disabled = false;
    add_.onclick = () => {
      // Two addresses may be one paper's by now.
      const some = [...new Map(works.map((work) => [work.id, work])).values()].filter(({ id }) => !lost.has(id) && !entry(id));
      const now = Date.now();
      for (const [at, { damaged: _, ...work }] of some.entries()) star({ ...work, starred: now - at });
      say(`${counted(some.length)} added.`);
      show();
    };
    /** @type {Set<string>} */
    const lost = new Set();
    for (const [at, work] of works.entries()) {
      if (!work.damaged) continue;
      const found = await find({ ...work, raw: work.id, title: "" }).catch(() => undefined);
      if (found === undefined) break;
      if (!items[at]?.isConnected) return; // another list is shown by now
      if (found) Object.assign(work, found, { damaged: false });
      else lost.add(work.id);
      const made = item(work);
      if (!found) made.append(element("p", "Not found in this archive by its search."));
      items[at].replaceWith(made);
    }
    daybook.dress(cards);
  }

  // What to mark. What is being typed stays while another window saves, and both are kept.
  const lines = (/** @type {string} */ text) => text.split("\n").map((line) => line.trim()).filter(Boolean);
  const marked = { words: "", authors: "" };
  const kinds = /** @type {const} */ (["words", "authors"]);
  async function showMarks() {
    await load("marking.js");
    const now = daybook.marks();
    field("marks-on").checked = now.on;
    for (const kind of kinds) {
      const box = field(`marks-${kind}`);
      if (box.value !== marked[kind]) continue;
      box.value = now[kind].join("\n");
      marked[kind] = box.value;
    }
  }
  for (const id of ["marks-on", ...kinds.map((kind) => `marks-${kind}`)]) {
    field(id).addEventListener("change", () => {
      const now = daybook.marks();
      for (const kind of kinds) {
        const box = field(`marks-${kind}`);
        now[kind] = daybook.merged(lines(marked[kind]), now[kind], lines(box.value));
        box.value = now[kind].join("\n");
        marked[kind] = box.value;
      }
      keep(":marks", JSON.stringify({ ...now, on: field("marks-on").checked }));
      daybook.mark();
    });
  }

  part("show-keys").addEventListener("click", () => load("keys.js").then(() => daybook.help()));
  part("on-a-disk").hidden = location.protocol !== "file:";
  keep(":here", kept(":here") ?? "1");
  for (const id of ["list-words", "list-which"]) field(id).addEventListener("input", () => show());
  addEventListener("storage", () => {
    showMarks();
    show();
  });
  addEventListener("hashchange", showShared);
  showMarks();
  show();
  showShared();
})();
