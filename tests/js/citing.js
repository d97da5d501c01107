// Cites what comes as JSON on the standard input by theme/static/citing.js, for tests/catalogue/test_citing.py.
"use strict";
const fs = require("node:fs");
require("../../theme/static/citing.js");

const { bibtex, ascii, ris, csl, apa, mla, chicago } = globalThis.daybook.citing;
const works = JSON.parse(fs.readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(works.map((work) => ({
  bibtex: bibtex(work), ascii: ascii(bibtex(work)), ris: ris(work), csl: csl(work), apa: apa(work), mla: mla(work), chicago: chicago(work),
}))));
