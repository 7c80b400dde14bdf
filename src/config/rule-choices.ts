import { nearestName } from "../diagnostics/nearest-name.js";
import type { Rule, RuleOption } from "../engine/rule.js";
import { didYouMean, list } from "../engine/wording.js";
import type { YamlEntry, YamlNode } from "../yaml/index.js";
import type { RuleChoice } from "./config.js";
import type { Problems } from "./problems.js";

/** The words a rule can be set to. YAML reads a plain `off` as false and `on` as true, so those count too. */
export const SEVERITY_WORDS = ["off", "note", "warning", "error", "on"] as const;
type SeverityWord = (typeof SEVERITY_WORDS)[number];

/** What other linters call the severities, for hints alone. */
const OTHER_WORDS: Readonly<Record<string, SeverityWord>> = {
  warn: "warning",
  info: "note",
  information: "note",
  informational: "note",
  hint: "note",
  notice: "note",
  suggestion: "note",
  low: "note",
  medium: "warning",
  high: "error",
  critical: "error",
  fatal: "error",
  err: "error",
  danger: "error",
  none: "off",
  ignore: "off",
  disable: "off",
  disabled: "off",
  skip: "off",
  silent: "off",
  no: "off",
  enable: "on",
  enabled: "on",
  default: "on",
  yes: "on",
  "0": "off",
  "1": "warning",
  "2": "error",
};

/** Rules by id and alias. */
export class RuleNames {
  readonly #byName = new Map<string, Rule>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) for (const alias of rule.aliases) this.#byName.set(alias, rule);
    for (const rule of rules) this.#byName.set(rule.id, rule);
  }

  find(name: string): Rule | undefined {
    return this.#byName.get(name);
  }

  nearest(name: string): string | undefined {
    return nearestName(name, this.#byName.keys());
  }
}

/** Reads the mapping under `rules`; what is wrong goes to `problems`. */
export function readRuleChoices(node: YamlNode, names: RuleNames, problems: Problems): Map<string, RuleChoice> {
  const choices = new Map<string, RuleChoice>();
  const keys = new Map<string, string>();
  for (const entry of node.entries()) {
    if (problems.isFull) break;
    const rule = names.find(entry.name);
    if (!rule) {
      problems.error(
        entry.key,
        `Unknown rule "${entry.name}"`,
        didYouMean(names.nearest(entry.name)) ?? "`kubeproof rules` lists the rules",
      );
      continue;
    }
    const earlier = keys.get(rule.id);
    if (earlier !== undefined && earlier !== entry.name) {
      problems.error(entry.key, `Rule "${rule.id}" is set twice, as "${earlier}" and as "${entry.name}"`);
      continue;
    }
    keys.set(rule.id, entry.name);
    if (entry.name !== rule.id)
      problems.warning(entry.key, `Rule "${entry.name}" is now called "${rule.id}"`, `Write "${rule.id}"`);
    const choice = readChoice(entry, rule, problems);
    if (choice) choices.set(rule.id, choice);
  }
  return choices;
}

function readChoice({ key, value }: YamlEntry, rule: Rule, problems: Problems): RuleChoice | undefined {
  if (value.kind === "scalar") {
    const severity = readSeverity(value, value.value === null ? key : value, rule, problems);
    return severity && { severity, options: {} };
  }
  if (value.kind === "mapping") {
    problems.error(
      value.alias ?? key.span,
      `Rule "${rule.id}" is set to a mapping without a severity`,
      `Write a list of severity and options: [${rule.severity}, { … }]`,
    );
    return undefined;
  }
  const [first, second, third] = value.items();
  if (!first) {
    problems.error(value, `Rule "${rule.id}" is set to an empty list`, SEVERITIES_ARE);
    return undefined;
  }
  if (third) problems.error(third, `Rule "${rule.id}" takes a severity and options, and nothing after them`);
  const severity = readSeverity(first, first, rule, problems);
  const options = second ? readOptions(second, rule, problems) : {};
  return severity && options && { severity, options };
}

const SEVERITIES_ARE = `Severities are ${list(SEVERITY_WORDS, SEVERITY_WORDS.length)}`;

function readSeverity(node: YamlNode, place: YamlNode, rule: Rule, problems: Problems): SeverityWord | undefined {
  const { value } = node;
  if (value === false) return "off";
  if (value === true) return "on";
  const word = SEVERITY_WORDS.find((known) => known === value);
  if (word) return word;
  const text = typeof value === "string" || typeof value === "number" ? String(value).toLowerCase() : "";
  const near = OTHER_WORDS[text] ?? nearestName(text, SEVERITY_WORDS);
  problems.error(
    place,
    value === null
      ? `Rule "${rule.id}" has no severity`
      : `Rule "${rule.id}" is set to ${problems.quote(node)}, which is no severity`,
    [near && didYouMean(near), SEVERITIES_ARE].filter(Boolean).join(" "),
  );
  return undefined;
}

function readOptions(node: YamlNode, rule: Rule, problems: Problems): Record<string, unknown> | undefined {
  if (node.kind !== "mapping") {
    problems.error(
      node,
      `Rule "${rule.id}" takes its options as a mapping, not ${problems.quote(node)}`,
      exampleOf(rule),
    );
    return undefined;
  }
  const options: Record<string, unknown> = {};
  for (const { name, key, value } of node.entries()) {
    if (problems.isFull) break;
    const option = Object.hasOwn(rule.options, name) ? rule.options[name] : undefined;
    if (!option) {
      const known = Object.keys(rule.options);
      problems.error(
        key,
        `Rule "${rule.id}" has no option "${name}"`,
        didYouMean(nearestName(name, known)) ??
          (known.length === 0 ? "It has no options" : `Its options are ${list(known, 8)}`),
      );
    } else if (fitsOption(value, option, `Option "${name}" of rule "${rule.id}"`, problems))
      options[name] = value.value;
  }
  return options;
}

function exampleOf(rule: Rule): string | undefined {
  const [first] = Object.entries(rule.options);
  return first && `Write [${rule.severity}, { ${first[0]}: ${JSON.stringify(first[1].default)} }]`;
}

const TYPE_NAMES = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  object: "a list of texts",
} as const;

function fitsOption(node: YamlNode, option: RuleOption, subject: string, problems: Problems): boolean {
  const type = typeof option.default as keyof typeof TYPE_NAMES;
  const fits = type === "object" ? node.kind === "sequence" : node.kind === "scalar" && typeof node.value === type;
  if (!fits) {
    problems.error(node, `${subject} takes ${TYPE_NAMES[type]}, not ${problems.quote(node)}`, quotingHelp(node, type));
    return false;
  }
  if (type === "object") {
    let all = true;
    for (const item of node.items()) all = fitsItem(item, option, subject, problems) && all;
    return all;
  }
  if (typeof node.value === "number") return isWithin(node, node.value, option, subject, problems);
  return typeof node.value !== "string" || isAllowed(node, option, subject, problems);
}

function fitsItem(item: YamlNode, option: RuleOption, subject: string, problems: Problems): boolean {
  if (typeof item.value === "string") return isAllowed(item, option, subject, problems);
  problems.error(
    item,
    `${subject} takes a list of texts, and ${problems.quote(item)} is none`,
    quotingHelp(item, "string"),
  );
  return false;
}

const quotingHelp = (node: YamlNode, wanted: string): string | undefined =>
  wanted === "string" && node.kind === "scalar" && node.value !== null ? "Put it in quotes" : undefined;

function isWithin(node: YamlNode, value: number, option: RuleOption, subject: string, problems: Problems): boolean {
  const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = option;
  if (value >= minimum && value <= maximum) return true;
  const bound = value < minimum ? `below its minimum of ${minimum}` : `above its maximum of ${maximum}`;
  problems.error(node, `${subject} is ${problems.quote(node)}, ${bound}`);
  return false;
}

function isAllowed(node: YamlNode, { values }: RuleOption, subject: string, problems: Problems): boolean {
  if (!values || values.includes(node.value as string)) return true;
  const near = nearestName(node.value as string, values);
  const all = values.length <= 8 ? `Values are ${list(values, 8)}` : undefined;
  problems.error(
    node,
    `${subject} does not take ${problems.quote(node)}`,
    [didYouMean(near), all].filter(Boolean).join(" ") || undefined,
  );
  return false;
}
