// Runs the bundled program on the example application and writes what V8 compiled for that into dist/: for `lint` alone,
// which is felt most, and for everything else together.
const { execFileSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { Script } = require("node:vm");

const root = join(__dirname, "..");
const program = join(root, "dist/cli.cjs");
const shop = join(root, "examples/shop");
const LINT = ["lint", "--quiet", "--no-config", "--fail-on", "never"];
const WARM_UPS = {
  lint: [
    [...LINT, "--output", "compact", shop],
    [...LINT, "--output", "pretty", shop],
  ],
  other: [
    ["simulate", "--nodes", "3", shop],
    ["simulate", "--nodes", "3", "--output", "json", shop],
    ["describe", "Deployment/orders", shop],
    ["admit", shop],
    ["graph", shop],
    ["reach", shop],
    ["can-i", "--list", "--serviceaccount", "shop/orders", shop],
  ],
};

const name = process.argv[2];
// Each in a process of its own, as V8 gives all that has been compiled in one.
if (name === undefined)
  for (const each of Object.keys(WARM_UPS)) execFileSync(process.execPath, [__filename, each], { stdio: "inherit" });
else keepCompiled(name);

function keepCompiled(name) {
  // As bin/kubeproof.js wraps it: the cache fits this text alone.
  const script = new Script(`(function (exports, require, module) {${readFileSync(program, "latin1")}\n})`, {
    filename: program,
  });
  const module_ = { exports: {} };
  script.runInThisContext()(module_.exports, require, module_);
  const { stdout, stderr } = process;
  const writes = [stdout.write, stderr.write];
  stdout.write = () => true;
  stderr.write = () => true;
  WARM_UPS[name]
    .reduce((before, argv) => before.then(() => module_.exports.main(argv)), Promise.resolve())
    .then(() => {
      [stdout.write, stderr.write] = writes;
      process.exitCode = 0;
      writeFileSync(join(root, `dist/${name}.cache`), script.createCachedData());
    });
}
