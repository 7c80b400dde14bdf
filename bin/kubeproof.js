#!/usr/bin/env node
import { existsSync } from "node:fs";

const program = new URL("../dist/cli.js", import.meta.url);
if (existsSync(program)) {
  const { main } = await import(program.href);
  await main(process.argv.slice(2));
} else {
  process.stderr.write("kubeproof is not built: run `npm ci` or `npm run build` in its folder\n");
  process.exitCode = 3;
}
