// Bundles the program and the library into dist/, and writes the types beside them.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
execFileSync(process.execPath, [join(root, "scripts/generate-rule-index.mjs")], { stdio: "inherit" });
rmSync(join(root, "dist"), { recursive: true, force: true });
const { version } = createRequire(import.meta.url)("../package.json");

await build({
  absWorkingDir: root,
  entryPoints: { cli: "src/cli/main.ts", api: "src/api.ts", "rule-api": "src/rule-api.ts" },
  outdir: "dist",
  bundle: true,
  // Chunks that only some commands or formats need are loaded when they are.
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  define: { __KUBEPROOF_VERSION__: JSON.stringify(version) },
  // Bundled CommonJS packages ask for Node's own modules by require.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  logLevel: "warning",
});
