// Times one reader over texts that are in memory already: `read-only.mjs READER MODULE FOLDER MEGABYTES`. Prints JSON.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [reader, module, folder, megabytes] = process.argv.slice(2);
const texts = [];
let bytes = 0;
collect(folder);

/** A slice takes every n-th file, so that it has the proportions of the whole. */
function collect(root) {
  const files = [];
  const visit = (path) => {
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else files.push({ path, size: statSync(path).size });
  };
  visit(root);
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const step = Math.max(1, Math.round(total / (Number(megabytes) * 1_000_000)));
  for (const [i, { path, size }] of files.entries()) {
    if (i % step !== 0) continue;
    texts.push({ path, text: readFileSync(path, "utf8") });
    bytes += size;
  }
}

const READERS = {
  async kubeproof() {
    const { readDocuments, SourceFile } = await import(pathToFileURL(module).href);
    return ({ path, text }) => readDocuments(new SourceFile(path, text)).map((document) => document.value);
  },
  async "js-yaml"() {
    const { loadAll } = await import("js-yaml");
    return ({ text }) => loadAll(text);
  },
  async yaml() {
    const { parseAllDocuments } = await import("yaml");
    return ({ text }) => parseAllDocuments(text, { version: "1.1", merge: true }).map((document) => document.toJS());
  },
};

const read = await READERS[reader]();
let documents = 0;
const start = performance.now();
for (const text of texts) documents += read(text).length;
const seconds = (performance.now() - start) / 1000;
process.stdout.write(JSON.stringify({ seconds, bytes, documents }));
