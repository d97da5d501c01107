// Builds an index with another engine: ENGINE SOURCE MODULES. Prints [seconds of processor time, the most
// memory in MiB, bytes of the index compressed].
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { createRequire } from "node:module";

const [engine, source, modules] = process.argv.slice(2);
const { fields, numbers, documents } = JSON.parse(fs.readFileSync(source, "utf8"));
const named = (texts, i) => ({ id: numbers[i], ...Object.fromEntries(fields.map(({ name }, f) => [name, texts[f]])) });

const ENGINES = {
  lunr() {
    const lunr = createRequire(import.meta.url)("lunr");
    return lunr(function () {
      for (const { name, boost } of fields) this.field(name, { boost });
      documents.forEach((texts, i) => this.add(named(texts, i)));
    });
  },
  minisearch() {
    const MiniSearch = createRequire(path.join(modules, "x.js"))("minisearch");
    const index = new MiniSearch({ fields: fields.map(({ name }) => name) });
    index.addAll(documents.map(named));
    return index;
  },
};

const begun = process.cpuUsage();
const text = JSON.stringify(ENGINES[engine]());
const { user, system } = process.cpuUsage(begun);
const [, peak] = /VmHWM:\s*(\d+)/.exec(fs.readFileSync("/proc/self/status", "utf8"));
process.stdout.write(JSON.stringify([(user + system) / 1e6, peak / 1024, zlib.gzipSync(text, { level: 6 }).length]));
