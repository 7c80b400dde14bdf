// Bundles the program and the library into dist/, and keeps the program's compiled code beside it.
import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const run = (...argv) =>
  execFileSync(
    process.execPath,
    argv.map((arg, i) => (i === 0 ? join(root, arg) : arg)),
    { stdio: "inherit" },
  );
run("scripts/generate-rule-index.mjs");
rmSync(join(root, "dist"), { recursive: true, force: true });
const { version } = createRequire(import.meta.url)("../package.json");

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  define: { __KUBEPROOF_VERSION__: JSON.stringify(version) },
  logLevel: "warning",
};
// One file, because only that can be kept compiled on every Node.js; what a run does not need is not executed in it.
await build({ ...shared, entryPoints: ["src/cli/main.ts"], outfile: "dist/cli.cjs", format: "cjs" });
escapeText(join(root, "dist/cli.cjs"));
await build({
  ...shared,
  entryPoints: { api: "src/api.ts", "rule-api": "src/rule-api.ts" },
  outdir: "dist",
  splitting: true,
  format: "esm",
  // Bundled CommonJS packages ask for Node's own modules by require.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
});
run("scripts/keep-compiled.cjs");

/** Pure ASCII is read in a tenth of the time, as no bytes have to be decoded; an escape means the same in texts and patterns. */
function escapeText(file) {
  const escaped = readFileSync(file, "utf8").replace(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  writeFileSync(file, escaped);
}
