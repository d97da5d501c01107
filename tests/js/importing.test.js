// What lists of other programs say, as the page of the reading list reads them.
"use strict";
const test = require("node:test");
const assert = require("node:assert");
require("../../theme/static/importing.js");
require("../../theme/static/citing.js");

const { read, arxivOf, doiOf, plain } = globalThis.daybook.importing;
const { bibtex, ascii, ris, csl } = globalThis.daybook.citing;

const WORK = { id: "a-slug-of-godel", title: "100% of Gödel’s $x$_{2} & Łukasz: {B}races, “quoted” -- and more", authors: ["Ana Núñez", "Bo Li"],
  date: "2024-06-28", arxiv: "2406.01234", doi: "10.1000/abc.def", url: "https://arxiv.org/abs/2406.01234", keywords: ["one", "two words"] };

test("every form that is written here is read back to the same paper", () => {
  for (const text of [bibtex(WORK), ascii(bibtex(WORK)), ris(WORK), JSON.stringify([csl(WORK)]), JSON.stringify({ daybook: 1, papers: [WORK] })]) {
    const [told, ...rest] = read(text);
    assert.deepEqual(rest, []);
    assert.equal(told.id, WORK.id, text);
    assert.equal(plain(told.title), plain(WORK.title), text);
    assert.equal(arxivOf(told.raw), WORK.arxiv, text);
    assert.equal(doiOf(told.raw), WORK.doi, text);
  }
});

test("tags and notes come back from every form, whatever stands in them", () => {
  const note = `First {line} of 100% & $x_1$ ~ ^ \\emph{a}\\'e: “q”, 'q', ''q'' -- a—b…\n\n  indented: Łukasz Čech, ầ ố\n@article{b, title={No}, doi={10.1000/other}}\n`
    + "ER  - \nTY  - JOUR\n doi = \"10.1000/other\", eprint = {1908.09635}\nN1  - x\n\n\nsee # 1 <p>, title = {Another}";
  const tags = ["C++ & #1", "a;b", "naïve Łódź", "β of Ω", "100%", "x_y", "{z}", "\\", "~"];
  const work = { ...WORK, keywords: tags, note };
  const forms = { bibtex: bibtex(work), ascii: ascii(bibtex(work)), ris: ris(work), csl: JSON.stringify([csl(work)]) };
  for (const [form, text] of Object.entries(forms)) {
    const [told, ...rest] = read(form === "csl" ? text : text + text);
    assert.equal(rest.length, Number(form !== "csl"), text);
    assert.deepEqual([told.note, told.tags], [note, tags], text);
    assert.deepEqual([told.id, plain(told.title), arxivOf(told.raw), doiOf(told.raw)], [WORK.id, plain(WORK.title), WORK.arxiv, WORK.doi], text);
  }
});

test("notes of other programs' lists are read", () => {
  const [jabref, zotero, open] = read(`@misc{a, title={A}, comment={Ein {\\"U}bel,
and \\o{}re \\& {\\textless}b{\\textgreater}}, keywords={one,
  two {\\'e}t{\\'{e}}}}
@misc{b, annote = "B's {\\textbackslash}U\\U{x}\\constructor", year = 2020}
@misc{c, title={open, doi={10.1000/abc.def}`);
  assert.deepEqual([jabref.note, jabref.tags, zotero.note], ["Ein Übel,\nand øre & <b>", ["one", "two été"], "B's \\Ux"]);
  assert.deepEqual([open.title, doiOf(open.raw), open.note], ["", "10.1000/abc.def", undefined]);
  const [told] = read("TY  - GEN\nTI  - A\nN1  - one\nand more\n\n  below\nKW  - x\nN1  - two\nAB  - no\nER  - \n");
  assert.deepEqual([told.note, told.tags], ["one\nand more\n\nbelow\ntwo", ["x"]]);
});

test("identifiers are those of the record, not those that its words name", () => {
  const words = "Unlike arXiv:1908.09635 and doi:10.1000/other, we do.";
  const work = { ...WORK, title: "On arXiv:1908.09635", abstract: words, keywords: ["arXiv:1908.09635"] };
  const other = `@article{a, title={A}, note={${words}}, abstract={${words}}, eprint={2406.01234}, doi={10.1000/abc.def}}`;
  const noted = "@misc{a, title={A}, note={arXiv:2406.01234}, url={https://doi.org/10.1000/abc.def}}";
  const lines = `TY  - GEN\nTI  - A\nAB  - ${words}\n  and arXiv:1908.09635\nN1  - ${words}\nAN  - arXiv:2406.01234\nDO  - 10.1000/abc.def\nER  - \n`;
  const item = JSON.stringify([{ note: words, abstract: words, title: "A", arxiv: "2406.01234", DOI: "10.1000/abc.def" }]);
  for (const text of [bibtex(work), ris(work), JSON.stringify([csl(work)]), JSON.stringify([work]), other, noted, lines, item]) {
    const [told] = read(text);
    assert.equal(arxivOf(told.raw), WORK.arxiv, text);
    assert.equal(doiOf(told.raw), WORK.doi, text);
  }
});

test("an item of another kind costs no other", () => {
  const told = read(JSON.stringify([{ title: { toString: 1 }, tags: [{}, 5, "x"], keyword: {} }, { title: "B" }]));
  assert.deepEqual(told.map(({ title, tags }) => [title, tags]), [["", ["5", "x"]], ["B", []]]);
});

test("BibTeX of other programs is read: comments, quotes, TeX, old arXiv ids", () => {
  const told = read(`@comment{not a paper}
@string{nips = {NIPS}}
@article{vaswani2017, title = "Attention {I}s All
  You Need", journal = {arXiv preprint arXiv:1706.03762}, year = 2017}
@Misc{old, title={A {\\'E}tude of {\\c{c}} in \\"{u}ber {\\O}}, eprint = {hep-th/9901001}, doi = {10.1000/X_1}, keywords = {a, b; c}}`);
  assert.deepEqual(told.map(({ title }) => title.toLowerCase()), ["attention is all you need", "a etude of c in uber o"]);
  assert.deepEqual(told.map(({ raw }) => arxivOf(raw)), ["1706.03762", "hep-th/9901001"]);
  assert.equal(doiOf(told[1].raw), "10.1000/x_1");
  assert.deepEqual(told[1].tags, ["a", "b", "c"]);
});

test("notes, tags and read marks come back from this archive's JSON, and only of their kind", () => {
  const [told, odd] = read(JSON.stringify({ papers: [{ id: "a", title: "A", read: true, note: "n", tags: ["t"], starred: 5 },
    { id: {}, title: null, read: "yes", note: 3, tags: 4, starred: "x" }, null, 7] }));
  assert.deepEqual({ ...told, raw: "" }, { raw: "", id: "a", title: "A", read: true, note: "n", tags: ["t"], starred: 5 });
  assert.equal(odd.read ?? odd.note ?? odd.starred, undefined);
});

test("Markdown's links are read, of a task its mark, tags and note as well", () => {
  const told = read("# My list\n\n- [x] [A \\[b\\] \\#c](https://x.example/papers/a-b.html). Ada, 2024 \\#one \\#two words\n  A note\n  of \\<two\\> lines\n- [ ] [D](d.html)\n* [E](https://arxiv.org/abs/2401.00001) [code](c.html)\nno link\n");
  assert.deepEqual(told, [
    { raw: "https://x.example/papers/a-b.html", id: "", title: "A [b] #c", tags: ["one", "two words"], read: true, note: "A note\nof <two> lines" },
    { raw: "d.html", id: "", title: "D", tags: [] },
    { raw: "https://arxiv.org/abs/2401.00001", id: "", title: "E", tags: [] },
  ]);
});

test("Markdown's notes keep their lines, and a tag what it names", () => {
  const item = "- [ ] [A](papers/a.html). Ada &#35;1 \\#C++ & &#35;1 \\#b&\\#35;\n  one\n  \n    two\n- [x] [B](papers/b.html)\n    far\n    in\n";
  assert.deepEqual(read(item).map(({ tags, note }) => [tags, note]), [[["C++ & #1", "b&#35;"], "one\n\n  two"], [[], "far\nin"]]);
});

test("what is no list is none, and nothing throws", () => {
  for (const text of ["", "hello", "{", "[", "[1, null]", "{}", "{\"papers\": 3}", "@", "@article{", "@article{a, title = {open", "TY  - JOUR"]) {
    assert.ok(Array.isArray(read(text)), text);
  }
  assert.deepEqual(read("hello"), []);
});

test("a hostile file is read in time that grows with its length", () => {
  const text = "@article{a, title = {" + "{".repeat(200000);
  assert.equal(read(text).length, 1);
  assert.equal(read("@a{".repeat(50000)).length, 1);
  assert.equal(read("[".repeat(200000)).length, 0);
  for (const part of ["a={", " a={}", "\\'", "\\'{\\", "{", "-", "`"]) {
    for (const before of ["@a{b, ", "@a{b, annote={"]) assert.equal(read(before + part.repeat(100000)).length, 1);
    assert.equal(read(`@a{b, annote="${part.repeat(100000)}"}`).length, 1);
  }
  assert.equal(read("[a](".repeat(20000)).length, 0);
});

test("a file of any size is read, whatever stands in it", () => {
  const most = 400_000;
  const long = { blank: "\n".repeat(most), link: "[a](".repeat(most / 4), address: `@a{b, title={A}, url={${"arxiv".repeat(most / 5)}}}`,
    words: `@a{b, title={A}, keywords={x,${" ".repeat(most)}y}}`, doi: `@a{b, title={A}, doi={10.1000/${".".repeat(most)} }}`,
    item: JSON.stringify([{ title: "A", keyword: `x;${" ".repeat(most)}` }]) };
  const told = Object.values(long).map((text) => read(text).map(({ raw, title, tags }) => [title, arxivOf(raw), doiOf(raw), ...tags]));
  assert.deepEqual(told, [[], [], [["A", "", ""]], [["A", "", "", "x", "y"]], [["A", "", ""]], [["A", "", "", "x"]]]);
});
