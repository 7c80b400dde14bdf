// Makes schemas/kubernetes.json from the OpenAPI documents of several Kubernetes minors:
//
//   node scripts/generate-schemas.mjs DIR
//
// DIR holds v1.24.json, v1.25.json ...: {"resources": [{group, version, plural, kind, namespaced, verbs}],
// "definitions": {...}}, what an API server of that minor serves under /openapi/v3 and its discovery, joined. A cluster
// gives the parts with `kubectl get --raw /openapi/v3/apis/apps/v1` and `kubectl get --raw /apis/apps/v1`.
//
// The file has one line a kind and one a definition, so that a new minor is a readable difference:
//
//   apps/v1 Deployment deployments namespaced apps.v1.Deployment [verbs=get,list] [@FROM-TO]
//   core.v1.ServicePort name:string port!:int32 protocol:string="TCP" targetPort:IntOrString ...
//
// A field is NAME[!]:TYPE[=DEFAULT][~STRATEGY[/KEY]][@FROM-TO]. `!` is required; TYPE a scalar's name, `[]T` an atomic
// list, `[=]T` a set, `[k1,k2]T` a list by keys, `{}T` a map, `.Name` a definition of the same package, otherwise a
// definition's full name. Minors are the second number alone; an absent FROM is "the oldest minor read, or before", an
// absent TO "the newest minor read". `|DISCRIMINATOR/FIELD=VALUE,...` at the end of a line is a union.
// Zero values as defaults ("", 0, false) say nothing that the types do not, and are left out; `={}` marks an object that
// the server holds by value: left out, it is validated as an empty one.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Definitions that are one value to whoever writes a manifest. */
const SCALARS = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": "Quantity",
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "IntOrString",
  "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "Time",
  "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "MicroTime",
  "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "object",
  "io.k8s.apimachinery.pkg.runtime.RawExtension": "object",
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSON": "any",
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrArray": "SchemaOrArray",
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrBool": "SchemaOrBool",
  "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaPropsOrStringArray": "SchemaOrStrings",
};
const PRIMITIVES = {
  string: "string",
  "string/byte": "bytes",
  "string/date-time": "Time",
  integer: "int64",
  "integer/int32": "int32",
  "integer/int64": "int64",
  boolean: "boolean",
  number: "number",
  "number/double": "number",
  object: "object",
};
const ALL_VERBS = "create,delete,deletecollection,get,list,patch,update,watch";

const shortName = (name) =>
  name.replace(/^io\.k8s\.(api|apimachinery\.pkg\.apis|(apiextensions-apiserver|kube-aggregator)\.pkg\.apis)\./, "");
const packageOf = (name) => name.slice(0, name.lastIndexOf("."));
const refOf = (schema) => (schema.$ref ?? schema.allOf?.[0]?.$ref)?.replace("#/components/schemas/", "");

/** The field's type in the notation above; `refs` collects the definitions it names. */
function typeText(schema, from, refs) {
  const ref = refOf(schema);
  if (ref !== undefined) {
    if (SCALARS[ref]) return SCALARS[ref];
    refs.add(ref);
    return packageOf(ref) === from ? `.${ref.slice(from.length + 1)}` : shortName(ref);
  }
  if (schema.type === "array") {
    const keys = schema["x-kubernetes-list-map-keys"]?.join(",");
    const list = schema["x-kubernetes-list-type"];
    return `[${list === "map" ? keys : list === "set" ? "=" : ""}]${typeText(schema.items, from, refs)}`;
  }
  if (schema.additionalProperties) return `{}${typeText(schema.additionalProperties, from, refs)}`;
  if (schema.type === undefined) return "any";
  const primitive = PRIMITIVES[schema.format ? `${schema.type}/${schema.format}` : schema.type];
  if (!primitive) throw new Error(`no notation for ${JSON.stringify(schema)}`);
  return primitive;
}

/** What follows the type: default and patch strategy, as the newest minor that has the field states them. */
function annotations(schema, type) {
  let text = "";
  const zero = [undefined, '""', "0", "false", "null"];
  const initial = schema.default === undefined ? undefined : JSON.stringify(schema.default);
  if (initial === "{}") text += type.includes(".") ? "={}" : "";
  else if (!zero.includes(initial)) text += `=${initial}`;
  const strategy = schema["x-kubernetes-patch-strategy"];
  const key = schema["x-kubernetes-patch-merge-key"];
  if (strategy) text += `~${strategy}${key ? `/${key}` : ""}`;
  return text;
}

function rangeText(minors, oldest, newest) {
  const [from, to] = [Math.min(...minors), Math.max(...minors)];
  if (to - from + 1 !== minors.length) throw new Error(`served with a gap: ${minors}`);
  if (from === oldest && to === newest) return "";
  return `@${from === oldest ? "" : from}-${to === newest ? "" : to}`;
}

const add = (map, key, value) => map.set(key, [...(map.get(key) ?? []), value]);

/** The whole file as text. `documents` maps a minor to its parsed document. */
export function generate(documents) {
  const minors = [...documents.keys()].sort((a, b) => a - b);
  const [oldest, newest] = [minors[0], minors.at(-1)];
  const fields = new Map(); // definition -> field -> base type -> {minors, text, required}
  const unions = new Map();
  const kinds = new Map();
  const roots = new Set();
  const refsOf = new Map();

  for (const minor of minors) {
    const { definitions, resources } = documents.get(minor);
    const byKind = new Map();
    for (const [name, definition] of Object.entries(definitions))
      for (const { group, version, kind } of definition["x-kubernetes-group-version-kind"] ?? [])
        byKind.set(`${group}/${version} ${kind}`, name);
    for (const { group, version, kind, plural, namespaced, verbs } of resources) {
      const definition = byKind.get(`${group}/${version} ${kind}`);
      if (definition === undefined) throw new Error(`no definition of ${group}/${version} ${kind}`);
      roots.add(definition);
      const list = verbs.flatMap((verb) => ({ post: "create", put: "update", list: ["list", "watch"] })[verb] ?? verb);
      const verbText = [...new Set(list)].sort().join(",");
      const line = [
        group === "" ? version : `${group}/${version}`,
        kind,
        plural,
        namespaced ? "namespaced" : "cluster",
        shortName(definition),
        ...(verbText === ALL_VERBS ? [] : [`verbs=${verbText}`]),
      ].join(" ");
      add(kinds, line, minor);
    }
    for (const [name, definition] of Object.entries(definitions)) {
      if (SCALARS[name]) continue;
      const known = fields.get(name) ?? new Map();
      fields.set(name, known);
      const refs = refsOf.get(name) ?? new Set();
      refsOf.set(name, refs);
      for (const [field, schema] of Object.entries(definition.properties ?? {})) {
        const type = typeText(schema, packageOf(name), refs);
        // List types and keys were added to the documents over time; the server's behaviour did not change with them.
        const base = type.replace(/\[[^\]]*\]/g, "[]");
        const variants = known.get(field) ?? new Map();
        known.set(field, variants);
        const required = definition.required?.includes(field) ? "!" : "";
        const text = `${required}:${type}${annotations(schema, type)}`;
        variants.set(base, { text, minors: [...(variants.get(base)?.minors ?? []), minor] });
      }
      const union = definition["x-kubernetes-unions"]?.[0];
      if (union?.discriminator) {
        const cases = Object.entries(union["fields-to-discriminateBy"]).map(([field, value]) => `${field}=${value}`);
        unions.set(name, `|${union.discriminator}/${cases.join(",")}`);
      }
    }
  }

  const reached = new Set(roots);
  for (const name of reached) for (const ref of refsOf.get(name) ?? []) reached.add(ref);
  const definitionLines = [...reached]
    .map((name) => {
      const words = [shortName(name)];
      // A definition of an older API version ends with the version; its fields need not say so again.
      for (const [field, variants] of [...fields.get(name)].sort(([a], [b]) => (a < b ? -1 : 1)))
        for (const { text, minors: served } of variants.values())
          words.push(`${field}${text}${rangeOfField(served, name)}`);
      if (unions.has(name)) words.push(unions.get(name));
      return words.join(" ");
    })
    .sort();
  const kindLines = [...kinds].map(([line, served]) =>
    [line, rangeText(served, oldest, newest)].filter(Boolean).join(" "),
  );
  return formatFile({ oldest, newest, kinds: kindLines.sort(), definitions: definitionLines });

  function rangeOfField(served, name) {
    const defined = minors.filter((minor) => documents.get(minor).definitions[name]);
    return rangeText(served, Math.min(...defined), Math.max(...defined));
  }
}

/** The bytes of the file for its content; the checksum covers everything after it. */
export function formatFile({ oldest, newest, kinds, definitions }) {
  const checksum = createHash("sha256")
    .update(JSON.stringify([oldest, newest, kinds, definitions]))
    .digest("hex");
  const lines = (list) => `[\n${list.map((line) => `  ${JSON.stringify(line)}`).join(",\n")}\n ]`;
  return `{
 "format": 1,
 "checksum": "${checksum}",
 "oldest": ${oldest},
 "newest": ${newest},
 "kinds": ${lines(kinds)},
 "definitions": ${lines(definitions)}
}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error("usage: node scripts/generate-schemas.mjs DIR");
  const documents = new Map();
  for (const name of readdirSync(folder)) {
    const minor = /^v1\.(\d+)\.json$/.exec(name)?.[1];
    if (minor) documents.set(Number(minor), JSON.parse(readFileSync(join(folder, name), "utf8")));
  }
  writeFileSync(fileURLToPath(new URL("../schemas/kubernetes.json", import.meta.url)), generate(documents));
}
