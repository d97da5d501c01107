// Builds an index with another engine: ENGINE SOURCE OUTPUT MODULES. Prints seconds of processor time.
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";

const [engine, source, output, modules] = process.argv.slice(2);
const require = createRequire(path.join(modules, "x.js"));
const { fields, numbers, documents } = JSON.parse(fs.readFileSync(source, "utf8"));
const named = (texts, i) => ({ id: numbers[i], ...Object.fromEntries(fields.map(({ name }, f) => [name, texts[f]])) });

const ENGINES = {
  async lunr() {
    const lunr = createRequire(import.meta.url)("lunr");
    const index = lunr(function () {
      for (const { name, boost } of fields) this.field(name, { boost });
      documents.forEach((texts, i) => this.add(named(texts, i)));
    });
    fs.writeFileSync(path.join(output, "lunr.json"), JSON.stringify(index));
  },
  async minisearch() {
    const MiniSearch = require("minisearch");
    const index = new MiniSearch({ fields: fields.map(({ name }) => name) });
    index.addAll(documents.map(named));
    fs.writeFileSync(path.join(output, "minisearch.json"), JSON.stringify(index));
  },
  async pagefind() {
    const pagefind = await import(path.join(modules, "node_modules/pagefind/lib/index.js"));
    const { index } = await pagefind.createIndex();
    for (let i = 0; i < documents.length; i += 500) {
      await Promise.all(documents.slice(i, i + 500).map(([title, ...rest], j) =>
        index.addCustomRecord({ url: `/papers/${i + j}.html`, language: "en", content: [title, ...rest].join("\n"), meta: { title } })));
    }
    await index.writeFiles({ outputPath: path.join(output, "pagefind") });
    await pagefind.close();
  },
};

const begun = process.cpuUsage();
const start = performance.now();
await ENGINES[engine]();
const { user, system } = process.cpuUsage(begun);
process.stdout.write("\n" + JSON.stringify({ cpu: (user + system) / 1e6, wall: (performance.now() - start) / 1e3 }));
