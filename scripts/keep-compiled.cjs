// Runs the bundled program once on the example application and writes what V8 compiled for that to dist/cli.cache.
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const root = join(__dirname, "..");
const program = join(root, "dist/cli.cjs");
// As bin/kubeproof.js wraps it: the cache fits this text alone.
const script = new Script(`(function (exports, require, module) {${readFileSync(program, "latin1")}\n})`, {
  filename: program,
});
const module_ = { exports: {} };
script.runInThisContext()(module_.exports, require, module_);
const shop = join(root, "examples/shop");
const warmUp = [
  ["lint", "--quiet", "--no-config", "--fail-on", "never", "--output", "compact", shop],
  ["lint", "--quiet", "--no-config", "--fail-on", "never", "--output", "pretty", shop],
];
const write = process.stdout.write;
process.stdout.write = () => true;
warmUp
  .reduce((before, argv) => before.then(() => module_.exports.main(argv)), Promise.resolve())
  .then(() => {
    process.stdout.write = write;
    writeFileSync(join(root, "dist/cli.cache"), script.createCachedData());
  });
