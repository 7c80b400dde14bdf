// Makes schemas/go-fields.json: what OpenAPI does not say of how the API server holds a field.
//
//   node scripts/generate-go-fields.mjs DIR...
//
// Each DIR holds one version of the modules k8s.io/api, apimachinery, apiextensions-apiserver and kube-aggregator in
// folders api, apimachinery, ...; give the newest version first, older ones for types that are gone.
//
// One line a definition of schemas/kubernetes.json, with only the fields that differ from the most frequent case (a
// value left out of what is stored where it is zero):
//
//   core.v1.PodSpec containers! priority* ...
//
// `*` a pointer: absent and zero are two things; `!` written even where it is zero.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PACKAGES = [
  ["api", "", /^(.*)\/(v\w+)$/],
  ["apimachinery/pkg/apis/meta/v1", "meta.v1", /^$/],
  ["apimachinery/pkg/runtime", "runtime", /^$/],
  ["apiextensions-apiserver/pkg/apis/apiextensions/v1", "apiextensions.v1", /^$/],
  ["kube-aggregator/pkg/apis/apiregistration/v1", "apiregistration.v1", /^$/],
];

function* goFiles(folder) {
  let names;
  try {
    names = readdirSync(folder);
  } catch {
    return;
  }
  for (const name of names.sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* goFiles(path);
    else if (/types.*\.go$/.test(name)) yield path;
  }
}

/** Structs of one package: name -> [{name, mark} | {embedded}]. */
function readStructs(text, structs) {
  let fields;
  for (const line of text.split("\n")) {
    const open = /^type (\w+) struct \{/.exec(line);
    if (open) {
      fields = [];
      structs.set(open[1], fields);
    } else if (line.startsWith("}")) fields = undefined;
    if (!fields) continue;
    const field = /^\s+(?:\w+\s+)?([^\s`]+)\s+`.*?json:"([^",]*)((?:,\w+)*)"/.exec(line);
    if (!field) continue;
    const [, type, name, options] = field;
    if (options.includes("inline")) fields.push({ embedded: type.replace(/^\*/, "") });
    else if (name !== "-")
      fields.push({ name, mark: type.startsWith("*") ? "*" : isOmitted(type, options) ? "" : "!" });
  }
}

/** Structs that write themselves as one value are never empty to `omitempty`. */
const isOmitted = (type, options) =>
  /,omitzero/.test(options) ||
  (/,omitempty/.test(options) && !/^(.*\.)?(Time|MicroTime|Quantity|IntOrString)$/.test(type));

function flatten(name, structs) {
  return (structs.get(name) ?? []).flatMap((field) => (field.embedded ? flatten(field.embedded, structs) : [field]));
}

/** The whole file as text; `wanted` maps a definition to its fields' names. */
export function generate(folders, wanted) {
  const marks = new Map();
  for (const folder of folders)
    for (const [root, prefix, split] of PACKAGES) {
      const packages = new Map();
      for (const file of goFiles(join(folder, root))) {
        const path = file.slice(join(folder, root).length + 1, file.lastIndexOf("/"));
        const parts = split.exec(path);
        const name = prefix || (parts && `${parts[1].replaceAll("/", ".")}.${parts[2]}`);
        if (!name) continue;
        const structs = packages.get(name) ?? new Map();
        packages.set(name, structs);
        readStructs(readFileSync(file, "utf8"), structs);
      }
      for (const [name, structs] of packages)
        for (const struct of structs.keys()) {
          const known = marks.get(`${name}.${struct}`) ?? new Map();
          marks.set(`${name}.${struct}`, known);
          for (const field of flatten(struct, structs)) if (!known.has(field.name)) known.set(field.name, field.mark);
        }
    }
  const lines = [...wanted].flatMap(([definition, fields]) => {
    const known = marks.get(definition) ?? new Map();
    const words = fields.filter((field) => known.get(field)).map((field) => field + known.get(field));
    return words.length > 0 ? [[definition, ...words].join(" ")] : [];
  });
  return `{\n "format": 1,\n "definitions": [\n${lines.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n ]\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const schemas = new URL("../schemas/", import.meta.url);
  const { definitions } = JSON.parse(readFileSync(new URL("kubernetes.json", schemas), "utf8"));
  const wanted = new Map(
    definitions.map((line) => {
      const [name, ...words] = line.split(" ");
      return [name, [...new Set(words.filter((word) => !word.startsWith("|")).map((word) => /^[^!:]+/.exec(word)[0]))]];
    }),
  );
  writeFileSync(new URL("go-fields.json", schemas), generate(process.argv.slice(2), wanted));
}
