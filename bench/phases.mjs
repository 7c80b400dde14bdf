// Times the phases of one run in one process: `phases.mjs MODULE FOLDER all|none`, with all rules or with none, which
// leaves decoding and indexing. Prints JSON, in seconds.
import { pathToFileURL } from "node:url";

const [module, folder, which] = process.argv.slice(2);
const { RULES, FORMATS, lint, nodeFileSystem, parseConfig, readInput, resolveSettings, SourceFile } = await import(
  pathToFileURL(module).href
);

const rules = which === "none" ? [] : RULES;
const workingDirectory = process.cwd();
const { config } = parseConfig(new SourceFile("config", "{}"), RULES);
const { minor, setting, externals } = resolveSettings(
  config,
  RULES,
  {},
  { folder: workingDirectory, workingDirectory },
);

const seconds = {};
const phase = async (name, work) => {
  const start = performance.now();
  const result = await work();
  seconds[name] = (performance.now() - start) / 1000;
  return result;
};

const input = await phase("read", () => readInput(nodeFileSystem, { paths: [folder], root: workingDirectory }));
const result = await phase("lint", () => lint(input, { minor, rules, setting, externals }));
const report = await FORMATS.find(({ name }) => name === "compact").load();
await phase("report", () =>
  report(result, { color: false, width: 100, verbose: false, toolVersion: "bench", workingDirectory }),
);
process.stdout.write(JSON.stringify({ ...seconds, findings: result.diagnostics.length }));
