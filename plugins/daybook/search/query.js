// `make query`: a search in the terminal, through the client code of the built site itself.
//
// The settings come from the environment (Q or QUERIES, OUTPUT, LIMIT, MODE). Standard output gets
// JSON lines and nothing else; what goes wrong is said on standard error, with exit code 1, or 2
// for a command that asks for nothing.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const vm = require("node:vm");

/** What the command was asked wrongly. */
class UsageError extends Error {}

/**
 * The folder of a built site that has the search page: the site's own, or the archive's in a blog.
 * @param {string} output
 */
function baseFolder(output) {
  const bases = [process.env.DAYBOOK_BASE ?? "", "archive"].map((base) => path.join(output, base));
  const found = bases.find((base) => fs.existsSync(path.join(base, "search.html")));
  if (!found) throw new UsageError(`${output} is not a built site: it has no search.html. Run make site first.`);
  return found;
}

/**
 * Runs the scripts of the index from the disk.
 * @param {string} base
 */
const diskRunner = (base) => async (/** @type {string} */ name) => {
  const file = path.join(base, "search", `${name}.js`);
  vm.runInThisContext(await fs.promises.readFile(file, "utf8"), { filename: file });
};

/**
 * @param {daybook.Client} client
 * @param {string} text
 * @param {{ mode: "meant" | "lunr", limit: number, site: string }} options
 */
async function answer(client, text, { mode, limit, site }) {
  const found = await client.search(text, mode);
  for (const note of found.notes) process.stderr.write(`${note}\n`);
  const cards = await found.cards(0, limit);
  return cards.map(({ title, url }, i) => ({ title, url: site + url, score: found.hits[i]?.score ?? 0 }));
}

/** @param {Record<string, string | undefined>} environment */
function readOptions({ Q, QUERIES, OUTPUT, LIMIT, MODE }) {
  const limit = Number(LIMIT || 10);
  const mode = MODE || "meant";
  if (!Q && !QUERIES) throw new UsageError('Say what to search for: make query Q="..." or QUERIES=file.');
  if (Q && QUERIES) throw new UsageError("Give either Q or QUERIES, not both.");
  if (!Number.isInteger(limit) || limit < 1) throw new UsageError(`LIMIT must be a whole number from 1 on, not ‘${LIMIT}’.`);
  if (mode !== "meant" && mode !== "lunr") throw new UsageError(`MODE is meant or lunr, not ‘${mode}’.`);
  return { text: Q ?? "", queries: QUERIES, output: OUTPUT || "output", limit, mode: /** @type {"meant" | "lunr"} */ (mode) };
}

/** @param {string} file */
function readQueries(file) {
  let lines;
  try {
    lines = fs.readFileSync(file, "utf8").split(/\r?\n/);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new UsageError(`QUERIES=${file} cannot be read (${code === "ENOENT" ? "there is no such file" : code}).`);
  }
  return lines.flatMap((line, i) => {
    if (!line.trim()) return [];
    try {
      const { query } = JSON.parse(line);
      if (typeof query === "string") return [query];
    } catch {
      // Said below, as for a line without a query.
    }
    throw new UsageError(`${file}:${i + 1}: expected a JSON object with a text called query.`);
  });
}

/** @param {unknown} value */
const print = (value) => fs.writeSync(1, `${JSON.stringify(value)}\n`);

async function main() {
  const options = readOptions(process.env);
  const base = baseFolder(options.output);
  await diskRunner(base)("search");
  const client = new daybook.search.Client(diskRunner(base));
  const settings = { ...options, site: "" };
  if (!options.queries) {
    for (const result of await answer(client, options.text, settings)) print(result);
    return;
  }
  for (const query of readQueries(options.queries)) {
    try {
      print({ query, results: await answer(client, query, settings) });
    } catch (error) {
      if (!(error instanceof daybook.search.SearchError) || error.code === "missing") throw error;
      print({ query, results: [], error: error.message });
    }
  }
}

main().catch((error) => {
  if (error?.code === "EPIPE") return; // nobody reads any more, as in `make query | head`
  const expected = error instanceof UsageError || error?.name === "SearchError" || error?.code === "ENOENT";
  process.stderr.write(`${expected ? error.message : error.stack}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
