#!/usr/bin/env node
// Loads the bundled program with the code that V8 compiled when it was built: some 30 ms of every run. Another V8
// refuses that and compiles anew; where Node.js keeps a cache of its own (22 and newer), the next run has it.
const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const program = join(__dirname, "../dist/cli.cjs");
/** The commands that run what lint does not; see scripts/keep-compiled.cjs. */
const OTHERS = ["admit", "can-i", "describe", "graph", "reach", "simulate", "who-can"];

if (existsSync(program)) load().main(process.argv.slice(2));
else {
  process.stderr.write("kubeproof is not built: run `npm ci` or `npm run build` in its folder\n");
  process.exitCode = 3;
}

function load() {
  const cache = join(__dirname, `../dist/${OTHERS.includes(process.argv[2]) ? "other" : "lint"}.cache`);
  if (existsSync(cache)) {
    // The build leaves nothing in it but ASCII.
    const source = `(function (exports, require, module) {${readFileSync(program, "latin1")}\n})`;
    const script = new Script(source, { filename: program, cachedData: readFileSync(cache) });
    if (!script.cachedDataRejected) {
      const module = { exports: {} };
      script.runInThisContext()(module.exports, require, module);
      return module.exports;
    }
  }
  require("node:module").enableCompileCache?.();
  return require(program);
}
