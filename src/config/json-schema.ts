import { BUILT_IN_KINDS } from "../cluster/kinds.js";
import { PRESETS, type Rule, type RuleOption } from "../engine/rule.js";
import { NEWEST_MINOR, OLDEST_MINOR } from "../schema/kubernetes-version.js";
import { EXTERNAL_PATTERN } from "./externals.js";
import { CONFIG_KEYS, type Keys, type Shape } from "./keys.js";
import { FIELD_LENGTH_AT_MOST, FIELD_PATTERN, GROUP_KIND_PATTERN, NUMBERED_ITEM } from "./references.js";

type JsonSchema = Readonly<Record<string, unknown>>;

export const CONFIG_SCHEMA_URL =
  "https://raw.githubusercontent.com/kubeproof/kubeproof/main/schemas/kubeproof-config.schema.json";

/**
 * The JSON schema (draft 7, what editors support) of the configuration. What it accepts and what `parseConfig` accepts
 * agree, but for the inside of globs, and for plain `1.3`, which may be the number that YAML makes of 1.30.
 */
export function configJsonSchema(rules: readonly Rule[]): JsonSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    $id: CONFIG_SCHEMA_URL,
    title: "Configuration of kubeproof",
    ...mapping(CONFIG_KEYS),
    type: ["object", "null"],
    definitions: {
      severity: {
        description: "`on` is the rule's own severity; YAML reads a plain off as false and on as true.",
        enum: ["off", "note", "warning", "error", "on", true, false],
      },
      rules: {
        type: "object",
        additionalProperties: false,
        properties: Object.fromEntries(
          rules
            .flatMap((rule) => [
              [rule.id, ruleSchema(rule)] as const,
              ...rule.aliases.map((alias) => [alias, { $ref: ruleReference(rule), deprecated: true }] as const),
            ])
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ),
      },
    },
  };
}

const ruleReference = (rule: Rule): string => `#/definitions/rules/properties/${rule.id}`;

function mapping(keys: Keys): JsonSchema {
  const required = Object.keys(keys).filter((name) => keys[name]!.required);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      Object.entries(keys).map(([name, key]) => {
        const schema = { description: key.summary, ...shapeSchema(key.shape) };
        // A key whose values are all commented out.
        return [
          name,
          key.required ? schema : { description: key.summary, anyOf: [shapeSchema(key.shape), { type: "null" }] },
        ];
      }),
    ),
  };
}

function shapeSchema(shape: Shape): JsonSchema {
  switch (shape.is) {
    case "kubernetesVersion":
      return { anyOf: [{ type: "string", pattern: versionPattern() }, { enum: versionNumbers() }] };
    case "preset":
      return { enum: PRESETS };
    case "glob":
      return { type: "string", minLength: 1, maxLength: 1001, pattern: "^(?![/\\\\])" };
    case "external":
      return { type: "string", pattern: EXTERNAL_PATTERN.source };
    case "groupKind":
      return { anyOf: [{ enum: Object.keys(BUILT_IN_KINDS) }, { type: "string", pattern: GROUP_KIND_PATTERN.source }] };
    case "fieldPath":
      return {
        type: "string",
        maxLength: FIELD_LENGTH_AT_MOST,
        pattern: FIELD_PATTERN.source,
        not: { pattern: NUMBERED_ITEM.source },
      };
    case "boolean":
      return { type: "boolean" };
    case "rules":
      return { $ref: "#/definitions/rules" };
    case "mapping":
      return mapping(shape.keys);
    case "list": {
      const list = { type: "array", items: shapeSchema(shape.of), ...(shape.atLeastOne ? { minItems: 1 } : {}) };
      return shape.orOne ? { anyOf: [list, shapeSchema(shape.of)] } : list;
    }
  }
}

const minors = (): number[] => Array.from({ length: NEWEST_MINOR - OLDEST_MINOR + 1 }, (_, i) => OLDEST_MINOR + i);
const versionPattern = (): string => `^\\s*v?1\\.0*(${minors().join("|")})(\\.\\d+)?([-+].*)?\\s*$`;
/** Plain `1.34` is a number to YAML, and plain `1.30` is 1.3. */
const versionNumbers = (): number[] => minors().map((minor) => Number(`1.${minor}`));

function ruleSchema(rule: Rule): JsonSchema {
  const options = Object.entries(rule.options);
  return {
    description: `${rule.summary} (${rule.severity}, ${rule.preset}) ${rule.url}`,
    anyOf: [
      { $ref: "#/definitions/severity" },
      {
        type: "array",
        minItems: 1,
        maxItems: 2,
        items: [
          { $ref: "#/definitions/severity" },
          {
            type: "object",
            additionalProperties: false,
            properties: Object.fromEntries(options.map(([name, option]) => [name, optionSchema(option)])),
          },
        ],
      },
    ],
  };
}

function optionSchema(option: RuleOption): JsonSchema {
  const { summary: description, default: initial, values, minimum, maximum } = option;
  const text = { type: "string", ...(values ? { enum: values } : {}) };
  const bounds = { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
  const type =
    typeof initial === "string"
      ? text
      : typeof initial === "number"
        ? { type: "number", ...bounds }
        : typeof initial === "boolean"
          ? { type: "boolean" }
          : { type: "array", items: text };
  return { description, default: initial, ...type };
}
