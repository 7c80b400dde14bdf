// Makes src/apis/types/*.generated.ts from schemas/kubernetes.json and schemas/go-fields.json: the API's types as the
// decoder of src/apis leaves them (src/apis/decode), for every minor at once.
//
//   node scripts/generate-api-types.mjs [--check]
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  string: "string",
  int32: "number",
  int64: "number",
  number: "number",
  boolean: "boolean",
  Quantity: "string",
  IntOrString: "number | string",
  Time: "string",
  MicroTime: "string",
  bytes: "string",
};
const packageOf = (name) => name.slice(0, name.lastIndexOf("."));
const aliasOf = (name) => name.replace(/(^|\.)(\w)/g, (_, __, c) => c.toUpperCase());

/** File name -> text. */
function generate(schemas, goFields) {
  const marks = new Map(goFields.definitions.map((line) => [line.slice(0, line.indexOf(" ")), ` ${line} `]));
  const packages = new Map();
  for (const line of schemas.definitions) {
    const [name, ...words] = line.split(" ");
    const own = packageOf(name);
    const file = packages.get(own) ?? { imports: new Set(), interfaces: [] };
    packages.set(own, file);
    const fields = new Map();
    for (const word of words) {
      const match = /^([^!:|]+)!?:((?:\[[^\]]*\]|\{\})*)(\.?[\w.]+)/.exec(word);
      if (match) fields.set(match[1], fieldText(match, file.imports, marks.get(name) ?? ""));
    }
    file.interfaces.push(
      `export interface ${name.slice(own.length + 1)} {\n${[...fields.values()].map((text) => `  ${text};\n`).join("")}}\n`,
    );
  }
  return new Map(
    [...packages].map(([name, { imports, interfaces }]) => [
      `${name}.generated.ts`,
      `// Made by scripts/generate-api-types.mjs.\n${[...imports]
        .sort()
        .map((other) => `import type * as ${aliasOf(other)} from "./${other}.generated.js";\n`)
        .join("")}\n${interfaces.join("\n")}`,
    ]),
  );
}

function fieldText([, name, wrappers, base], imports, marks) {
  const mark = marks.includes(` ${name}* `) ? "*" : marks.includes(` ${name}! `) ? "!" : "";
  let type = TYPES[base] ?? "unknown";
  const isDefinition = base.includes(".");
  if (base.startsWith(".")) type = base.slice(1);
  else if (isDefinition) {
    imports.add(packageOf(base));
    type = `${aliasOf(packageOf(base))}.${base.slice(base.lastIndexOf(".") + 1)}`;
  }
  for (const wrapper of (wrappers.match(/\[[^\]]*\]|\{\}/g) ?? []).reverse())
    type = wrapper === "{}" ? `Record<string, ${type}>` : type.includes("|") ? `(${type})[]` : `${type}[]`;
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  const nullable = wrappers !== "" || type === "unknown" || base.endsWith("Time");
  if (wrappers === "" && isDefinition) return `${key}${mark === "*" ? "?" : ""}: ${type}`;
  return mark === "!" ? `${key}: ${type}${nullable && type !== "unknown" ? " | null" : ""}` : `${key}?: ${type}`;
}

const read = (name) => JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), "utf8"));
const folder = fileURLToPath(new URL("../src/apis/types/", import.meta.url));
const files = generate(read("kubernetes.json"), read("go-fields.json"));
mkdirSync(folder, { recursive: true });
const present = readdirSync(folder).filter((name) => name.endsWith(".generated.ts"));
if (process.argv.includes("--check")) {
  const stale = [...files].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), "utf8") !== text,
  );
  if (stale.length > 0 || present.length > files.size) {
    process.stderr.write("src/apis/types is out of date: run node scripts/generate-api-types.mjs\n");
    process.exitCode = 1;
  }
} else {
  for (const name of present) rmSync(join(folder, name));
  for (const [name, text] of files) writeFileSync(join(folder, name), text);
}
