// `npm run bench [-- --quick] [-- --keep]`: speed and memory side by side with what people would otherwise run. Every
// figure is of whole processes of this one run, repeated and interleaved, so that a busy machine is unfair to all alike.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { writeCorpus, writeSmallFile } from "./corpus.mjs";
import { writeSimulatedSet } from "./simulated-set.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..");
const program = join(root, "bin/kubeproof.js");
const flags = new Set(process.argv.slice(2));
const quick = flags.has("--quick");
const MEGABYTES = quick ? 5 : 20;
const REPEATS = quick ? 3 : 5;
const START_UPS = quick ? 9 : 25;
/** The sizes of the simulated sets, in objects. */
const SIMULATED = quick ? [1000, 5000] : [1000, 2000, 4000, 5000, 8000, 16_000];
/** The size that has a target. */
const TIMED = 5000;
/** Of the corpus, for the yaml package, in megabytes. */
const SLICE = quick ? 2 : 4;

if (!existsSync(join(root, "dist/cli.cjs"))) {
  process.stderr.write("bench: kubeproof is not built: run `npm run build` first\n");
  process.exit(2);
}

const scratch = mkdtempSync(join(tmpdir(), "kubeproof-bench-"));
try {
  await main();
} finally {
  if (flags.has("--keep")) print(`\nThe corpus is in ${scratch}`);
  else rmSync(scratch, { recursive: true, force: true });
}

async function main() {
  const corpus = join(scratch, "corpus");
  const small = join(scratch, "small.yaml");
  const size = writeCorpus(corpus, MEGABYTES);
  writeSmallFile(small);
  const megabytes = size.bytes / 1e6;
  print(
    `${megabytes.toFixed(1)} MB in ${size.files} files, ${size.documents} documents; Node ${process.version}, ${cpus().length} CPUs (${cpus()[0]?.model ?? "unknown"}); medians of ${REPEATS} (start-up: ${START_UPS})`,
  );

  const module = join(scratch, "parts.mjs");
  await build({
    stdin: {
      contents: `
        export { nodeFileSystem } from "./src/cli/node-file-system.ts";
        export { parseConfig, resolveSettings } from "./src/config/index.ts";
        export { lint } from "./src/engine/lint.ts";
        export { readInput } from "./src/input/index.ts";
        export { FORMATS } from "./src/report/index.ts";
        export { RULES } from "./rules/index.ts";
        export { SourceFile } from "./src/source/source-file.ts";
        export { readDocuments } from "./src/yaml/index.ts";`,
      resolveDir: root,
    },
    outfile: module,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "error",
    banner: { js: 'import{createRequire as __c}from"node:module";const require=__c(import.meta.url);' },
  });

  const reading = interleave(REPEATS, {
    kubeproof: () => readOnly("kubeproof", module, corpus, MEGABYTES),
    "js-yaml": () => readOnly("js-yaml", module, corpus, MEGABYTES),
    yaml: () => readOnly("yaml", module, corpus, SLICE),
  });
  const speeds = (name) => reading[name].map(({ seconds, bytes }) => bytes / 1e6 / seconds);
  const speed = (name) => median(speeds(name));

  const everything = interleave(REPEATS, {
    lint: () => run([program, "lint", corpus, "--output", "compact", "--no-config"], true),
    "js-yaml": () => run([join(here, "read-js-yaml.mjs"), corpus], true),
  });
  const times = (name) => everything[name].map((result) => result.seconds);
  const seconds = (name) => median(times(name));
  const peak = (name) => median(everything[name].map((result) => result.memory));

  const phases = interleave(REPEATS, {
    all: () => json([join(here, "phases.mjs"), module, corpus, "all"]),
    none: () => json([join(here, "phases.mjs"), module, corpus, "none"]),
  });
  const phase = (which, name) => median(phases[which].map((result) => result[name] * 1000));

  const startUp = interleave(START_UPS, {
    node: () => run(["-e", "0"]),
    version: () => run([program, "--version"]),
    small: () => run([program, "lint", small]),
  });
  const startUps = (name) => startUp[name].map((result) => result.seconds * 1000);
  const milliseconds = (name) => median(startUps(name));

  const sets = SIMULATED.map((wanted) => {
    const file = join(scratch, `simulated-${wanted}.yaml`);
    return { wanted, file, objects: writeSimulatedSet(file, wanted) };
  });
  const simulations = interleave(
    REPEATS,
    Object.fromEntries([
      ...sets.map(({ wanted, file }) => [wanted, () => run([program, "simulate", file, "--output", "json"], true)]),
      ...sets.map(({ wanted, file }) => [`js-yaml ${wanted}`, () => run([join(here, "read-js-yaml.mjs"), file], true)]),
    ]),
  );
  const simulated = (name) => median(simulations[name].map((result) => result.seconds));
  const simulatedBest = (name) => Math.min(...simulations[name].map((result) => result.seconds));
  const simulatedMemory = (name) => median(simulations[name].map((result) => result.memory)) / 1e6;

  table([
    ["", "measured", "beside", "ratio", "target", ""],
    row(
      "reading alone: kubeproof",
      `${speed("kubeproof").toFixed(1)} MB/s (best ${Math.max(...speeds("kubeproof")).toFixed(1)})`,
      `js-yaml ${speed("js-yaml").toFixed(1)} MB/s (best ${Math.max(...speeds("js-yaml")).toFixed(1)})`,
      speed("kubeproof") / speed("js-yaml"),
      "50 MB/s",
      speed("kubeproof") >= 50,
    ),
    row(
      "",
      "",
      `yaml ${speed("yaml").toFixed(2)} MB/s (best ${Math.max(...speeds("yaml")).toFixed(2)}; ${SLICE} MB)`,
      speed("kubeproof") / speed("yaml"),
      "20 times",
      speed("kubeproof") >= 20 * speed("yaml"),
    ),
    row(
      "everything: kubeproof lint",
      `${seconds("lint").toFixed(2)} s (best ${Math.min(...times("lint")).toFixed(2)})`,
      `js-yaml loads it in ${seconds("js-yaml").toFixed(2)} s (best ${Math.min(...times("js-yaml")).toFixed(2)})`,
      seconds("lint") / seconds("js-yaml"),
      "below 1",
      seconds("lint") < seconds("js-yaml"),
    ),
    row(
      "peak memory: kubeproof lint",
      `${(peak("lint") / 1e6).toFixed(0)} MB`,
      `js-yaml ${(peak("js-yaml") / 1e6).toFixed(0)} MB`,
      peak("lint") / size.bytes,
      "below 10 times the input",
      peak("lint") < 10 * size.bytes,
    ),
    row(
      "start-up: one small file",
      `${milliseconds("small").toFixed(0)} ms (best ${Math.min(...startUps("small")).toFixed(0)})`,
      `node -e 0 ${milliseconds("node").toFixed(0)} ms (best ${Math.min(...startUps("node")).toFixed(0)})`,
      milliseconds("small") / milliseconds("node"),
      "within 60 ms",
      milliseconds("small") - milliseconds("node") <= 60,
    ),
    row(
      `simulate: ${TIMED} objects`,
      `${simulated(TIMED).toFixed(2)} s (best ${simulatedBest(TIMED).toFixed(2)})`,
      `js-yaml loads it in ${simulated(`js-yaml ${TIMED}`).toFixed(2)} s`,
      simulated(TIMED) / simulated(`js-yaml ${TIMED}`),
      "within 1 s",
      simulated(TIMED) <= 1,
    ),
    row("start-up: --version", `${milliseconds("version").toFixed(0)} ms`, "", undefined, "", undefined),
  ]);
  print("\nsimulate, by the number of objects:");
  table([
    ["objects", "time", "best", "an object", "js-yaml", "ratio", "peak memory"],
    ...sets.map(({ wanted, objects }) => [
      String(objects),
      `${simulated(wanted).toFixed(2)} s`,
      `${simulatedBest(wanted).toFixed(2)} s`,
      `${((simulated(wanted) / objects) * 1e6).toFixed(0)} µs`,
      `${simulated(`js-yaml ${wanted}`).toFixed(2)} s`,
      (simulated(wanted) / simulated(`js-yaml ${wanted}`)).toFixed(1),
      `${simulatedMemory(wanted).toFixed(0)} MB`,
    ]),
  ]);
  const [smallest, largest] = [sets[0], sets.at(-1)];
  const growth = simulatedBest(largest.wanted) / simulatedBest(smallest.wanted);
  const factor = largest.objects / smallest.objects;
  print(
    `${factor.toFixed(0)} times the objects take ${growth.toFixed(1)} times as long (target: no more than ${factor.toFixed(0)}): ${growth <= factor ? "met" : "missed"}`,
  );
  const decode = phase("none", "lint");
  print(
    `\nOf everything, in milliseconds: read ${phase("all", "read").toFixed(0)}, decode and index ${decode.toFixed(0)}, rules ${(phase("all", "lint") - decode).toFixed(0)} (${phases.all[0].findings} findings), report ${phase("all", "report").toFixed(0)}; the rest is starting Node and loading the program`,
  );
}

/** Runs Node on some arguments; whole process, from before it is started to after it has ended. */
function run(args, withMemory = false) {
  const preload = withMemory ? ["--require", join(here, "report-memory.cjs")] : [];
  const start = performance.now();
  const { status, output, stderr } = spawnSync(process.execPath, [...preload, ...args], {
    cwd: scratch,
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "pipe", withMemory ? "pipe" : "ignore"],
  });
  const seconds = (performance.now() - start) / 1000;
  // Findings are no failure: the corpus has some.
  if (status !== 0 && status !== 1) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return { seconds, memory: withMemory ? Number(output[3]) : Number.NaN };
}

function readOnly(reader, module, folder, megabytes) {
  return json([join(here, "read-only.mjs"), reader, module, folder, String(megabytes)]);
}

function json(args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: scratch, encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  return JSON.parse(stdout);
}

/** One round without counting, to warm the disk cache, then each in turn, again and again. */
function interleave(times, jobs) {
  const results = Object.fromEntries(Object.keys(jobs).map((name) => [name, []]));
  for (let i = 0; i <= times; i++)
    for (const [name, job] of Object.entries(jobs)) {
      const result = job();
      if (i > 0) results[name].push(result);
    }
  return results;
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function row(what, measured, beside, ratio, target, met) {
  return [
    what,
    measured,
    beside,
    ratio === undefined ? "" : ratio.toFixed(2),
    target,
    met === undefined ? "" : met ? "met" : "missed",
  ];
}

function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((cells) => cells[column].length)));
  print("");
  for (const cells of rows)
    print(
      cells
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}

function print(text) {
  process.stdout.write(`${text}\n`);
}
