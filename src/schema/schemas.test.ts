import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NEWEST_MINOR, OLDEST_MINOR } from "./kubernetes-version.js";
import { allKinds, TypeTable } from "./type-table.js";

const path = join(__dirname, "../../schemas/kubernetes.json");
const text = readFileSync(path, "utf8");
const schemas = JSON.parse(text) as {
  oldest: number;
  newest: number;
  kinds: string[];
  definitions: string[];
};

test("the file is what its generator writes for its content", () => {
  // The generator is an ES module that jest does not load: Node runs it.
  const generator = pathToFileURL(join(__dirname, "../../scripts/generate-schemas.mjs")).href;
  const program = `import { readFileSync } from "node:fs";
    import { formatFile } from ${JSON.stringify(generator)};
    process.stdout.write(formatFile(JSON.parse(readFileSync(${JSON.stringify(path)}, "utf8"))));`;
  const written = execFileSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect(written).toBe(text);
  expect(schemas.kinds).toEqual([...schemas.kinds].sort());
  expect(schemas.definitions).toEqual([...schemas.definitions].sort());
});

test("it covers the versions that may be asked for", () => {
  expect(schemas.oldest).toBeLessThan(OLDEST_MINOR);
  expect(schemas.newest).toBe(NEWEST_MINOR);
});

test("every line can be read, and every type it names is there", () => {
  const known = new Set(schemas.definitions.map((line) => line.split(" ")[0]!));
  for (let minor = OLDEST_MINOR; minor <= NEWEST_MINOR; minor++) {
    const table = new TypeTable(minor);
    for (const kind of allKinds()) expect(known).toContain(kind.definition);
    for (const name of known) {
      const definition = table.definition(name);
      for (const { type } of definition.fields.values()) {
        let innermost = type;
        while (innermost.code === "list" || innermost.code === "map") innermost = innermost.item;
        if (innermost.code === "ref") expect(known).toContain(innermost.name);
      }
    }
  }
});

test("the file is small enough to be read at every start", () => {
  expect(text.length).toBeLessThan(200_000);
});
