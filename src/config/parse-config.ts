import { nearestName } from "../diagnostics/nearest-name.js";
import { PRESETS, type Preset, type Rule } from "../engine/rule.js";
import { didYouMean, list } from "../engine/wording.js";
import type { ExternalObject } from "../input/index.js";
import { formatMinor, NEWEST_MINOR, OLDEST_MINOR, parseMinor } from "../schema/kubernetes-version.js";
import { SourceFile } from "../source/source-file.js";
import { readDocuments, type YamlEntry, type YamlNode } from "../yaml/index.js";
import type { Config, ConfigProblem, RuleChoice } from "./config.js";
import { parseExternal } from "./externals.js";
import { type Glob, parseGlob } from "./globs.js";
import { CONFIG_KEYS, type Key, type Keys, PLANNED_KEYS, type Shape } from "./keys.js";
import { Problems } from "./problems.js";
import { parseFieldPattern, parseGroupKind } from "./references.js";
import { RuleNames, readRuleChoices } from "./rule-choices.js";

/** What reading a configuration gave: the configuration unless a problem is an error. Problems are in order of place. */
export interface ParsedConfig {
  readonly config?: Config;
  readonly problems: readonly ConfigProblem[];
}

const EMPTY: Config = {
  extends: ["recommended"],
  exclude: [],
  rules: new Map(),
  externals: [],
  overrides: [],
  crds: [],
  references: [],
};

/** Reads and checks a configuration; `rules` are all there are. Every mistake is told, not the first alone. */
export function parseConfig(source: SourceFile, rules: readonly Rule[]): ParsedConfig {
  const problems = new Problems(source);
  const documents = readDocuments(source).filter(({ root, problems: own }) => root !== undefined || own.length > 0);
  for (const { problems: own } of documents)
    for (const { severity, span, message, help } of own) problems[severity](span, message, help);
  const [document, second] = documents;
  if (second)
    problems.error({ start: second.span.start, end: second.span.start }, "The configuration has a second document");
  let config: Config | undefined;
  // Of broken text the keys that were read would raise false questions.
  if (!document?.root || (document.root.kind === "scalar" && document.root.value === null)) config = EMPTY;
  else if (document.decodes) config = new Reader(rules, problems).config(document.root);
  const found = problems.found.sort((a, b) => a.span.start - b.span.start);
  return { config: found.some(({ severity }) => severity === "error") ? undefined : config, problems: found };
}

/** A severity given on the command line as `id=severity` or `id=[severity, {option: value}]`. */
export type ParsedRuleFlag =
  | { readonly id: string; readonly choice: RuleChoice }
  | { readonly message: string; readonly help?: string };

/** Reads the value of `--rule`, with the same words as the configuration. */
export function parseRuleFlag(text: string, rules: readonly Rule[]): ParsedRuleFlag {
  const equals = text.indexOf("=");
  if (equals < 0)
    return { message: `"${text}" sets no severity`, help: "Write RULE=SEVERITY, for instance image-tag-latest=error" };
  const source = new SourceFile("--rule", `${JSON.stringify(text.slice(0, equals))}: ${text.slice(equals + 1)}`);
  const problems = new Problems(source);
  const [document] = readDocuments(source);
  const broken = document?.problems.find(({ severity }) => severity === "error");
  if (broken) return { message: broken.message, help: broken.help };
  const choices = document?.root && readRuleChoices(document.root, new RuleNames(rules), problems);
  const error = problems.found.find(({ severity }) => severity === "error");
  const [chosen] = choices ?? [];
  if (error || !chosen) return { message: error?.message ?? `"${text}" sets no severity`, help: error?.help };
  return { id: chosen[0], choice: chosen[1] };
}

/** Walks the text along the table of keys. A value that is wrong is left out, after it was reported. */
class Reader {
  readonly #names: RuleNames;

  constructor(
    rules: readonly Rule[],
    private readonly problems: Problems,
  ) {
    this.#names = new RuleNames(rules);
  }

  config(root: YamlNode): Config | undefined {
    if (root.kind !== "mapping") {
      this.problems.error(root, `The configuration is ${this.problems.quote(root)}, not a mapping of keys to values`);
      return undefined;
    }
    // The table gives each key the shape that `Config` declares for it; `config.test.ts` holds them together.
    return { ...EMPTY, ...(this.mapping(root, CONFIG_KEYS, "the configuration") as Partial<Config>) };
  }

  private mapping(node: YamlNode, keys: Keys, where: string): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    // The keys that are there, and those that were likely meant by unknown ones: one finding for one mistake.
    const present = new Set<string | undefined>();
    for (const entry of node.entries()) {
      if (this.problems.isFull) break;
      const key = Object.hasOwn(keys, entry.name) ? keys[entry.name] : undefined;
      present.add(entry.name);
      if (!key) present.add(this.unknownKey(entry, keys, where));
      // A key whose values are all commented out is as good as absent.
      else if (entry.value.value === null && !key.required) continue;
      else {
        const value = this.value(entry.value, entry.key, key.shape, key, entry.name);
        if (value !== undefined) values[entry.name] = value;
      }
    }
    for (const [name, key] of Object.entries(keys))
      if (key.required && !present.has(name))
        this.problems.error(node, `Key "${name}" is missing from ${where}`, `For instance ${key.example}`);
    return values;
  }

  /** Reports a key; gives the one that was likely meant. */
  private unknownKey({ name, key, value }: YamlEntry, keys: Keys, where: string): string | undefined {
    const planned = Object.hasOwn(PLANNED_KEYS, name) ? PLANNED_KEYS[name] : undefined;
    if (planned !== undefined) {
      this.problems.error(key, `Key "${name}" is not supported yet`, planned);
      return undefined;
    }
    const known = Object.keys(keys);
    const meant = known.find((other) => keys[other]?.alsoCalled?.includes(name)) ?? nearestName(name, known);
    let help = didYouMean(meant) ?? `Keys are ${list(known, 8)}`;
    if (value.kind !== "mapping" && this.#names.find(name)) help = 'Rules stand under "rules"';
    else if (keys !== CONFIG_KEYS && Object.hasOwn(CONFIG_KEYS, name)) help = `"${name}" stands at the top level`;
    this.problems.error(key, `Unknown key "${name}" in ${where}`, help);
    return meant;
  }

  /** The value of a key, or of an item of its list, as `Config` has it; undefined where it is wrong. */
  private value(node: YamlNode, keyNode: YamlNode, shape: Shape, key: Key, name: string): unknown {
    switch (shape.is) {
      case "kubernetesVersion":
        return this.kubernetesVersion(node);
      case "preset":
        return this.preset(node);
      case "glob":
        return this.glob(node, key, name);
      case "external":
        return this.external(node, key, name);
      case "groupKind":
        return this.text(node, key, name, "Kind", parseGroupKind);
      case "fieldPath":
        return this.text(node, key, name, "Path", parseFieldPattern);
      case "boolean":
        return typeof node.value === "boolean" ? node.value : this.wrongType(node, node, key, name);
      case "rules":
        if (node.kind === "mapping") return readRuleChoices(node, this.#names, this.problems);
        return this.wrongType(node.value === null ? keyNode : node, node, key, name);
      case "mapping":
        if (node.kind === "mapping") return this.mapping(node, shape.keys, `this entry of "${name}"`);
        return this.wrongType(node, node, key, name);
      case "list":
        return this.list(node, keyNode, shape, key, name);
    }
  }

  private list(
    node: YamlNode,
    keyNode: YamlNode,
    shape: Extract<Shape, { is: "list" }>,
    key: Key,
    name: string,
  ): unknown {
    if (node.kind !== "sequence") {
      if (node.kind === "scalar" && node.value !== null && shape.orOne)
        return this.items([node], keyNode, shape.of, key, name);
      return this.wrongType(node.value === null ? keyNode : node, node, key, name);
    }
    if (shape.atLeastOne && node.items().length === 0)
      this.problems.error(node, `Key "${name}" has an empty list`, `For instance ${key.example}`);
    return this.items(node.items(), keyNode, shape.of, key, name);
  }

  private items(nodes: readonly YamlNode[], keyNode: YamlNode, of: Shape, key: Key, name: string): unknown[] {
    const values: unknown[] = [];
    for (const node of nodes) {
      if (this.problems.isFull) break;
      const value = this.value(node, keyNode, of, key, name);
      if (value !== undefined) values.push(value);
    }
    const [first] = values as Partial<Glob>[];
    if (of.is === "glob" && first?.negated)
      this.problems.error(
        nodes[0]!,
        `Glob ${this.problems.quote(nodes[0]!)} comes first in "${name}", with nothing to take back`,
        'A glob with "!" takes back what those before it matched',
      );
    return values;
  }

  private kubernetesVersion(node: YamlNode): number | undefined {
    // Plain 1.30 is a number to YAML; its text still says which version is meant.
    const text = typeof node.value === "number" ? this.problems.source.slice(node.span) : node.value;
    const minor = node.kind === "scalar" && typeof text === "string" ? parseMinor(text) : undefined;
    if (minor === undefined)
      this.problems.error(
        node,
        `Kubernetes version ${this.problems.quote(node)} is not known`,
        `Versions are ${formatMinor(OLDEST_MINOR)} to ${formatMinor(NEWEST_MINOR)}`,
      );
    return minor;
  }

  private preset(node: YamlNode): Preset | undefined {
    const preset = PRESETS.find((known) => known === node.value);
    if (!preset) {
      const near = typeof node.value === "string" ? nearestName(node.value, PRESETS) : undefined;
      const presets = `Presets are ${list(PRESETS)}`;
      this.problems.error(
        node,
        node.kind === "scalar"
          ? `Unknown preset ${this.problems.quote(node)}`
          : `A preset is a name, not ${this.problems.quote(node)}`,
        near ? `${didYouMean(near)} ${presets}` : presets,
      );
    }
    return preset;
  }

  private glob(node: YamlNode, key: Key, name: string): Glob | undefined {
    if (typeof node.value !== "string") return this.wrongType(node, node, key, name);
    const glob = parseGlob(node.value);
    if (!("problem" in glob)) return glob;
    this.problems.error(node, `Glob ${this.problems.quote(node)} ${glob.problem}`, glob.help);
    return undefined;
  }

  private external(node: YamlNode, key: Key, name: string): ExternalObject | undefined {
    if (typeof node.value !== "string") return this.wrongType(node, node, key, name);
    const external = parseExternal(node.value);
    if (!("problem" in external)) return external;
    this.problems.error(node, `External ${this.problems.quote(node)} ${external.problem}`, external.help);
    return undefined;
  }

  private text<T>(
    node: YamlNode,
    key: Key,
    name: string,
    what: string,
    parse: (text: string) => T | { readonly problem: string; readonly help: string },
  ): T | undefined {
    if (typeof node.value !== "string") return this.wrongType(node, node, key, name);
    const parsed = parse(node.value);
    if (typeof parsed !== "object" || parsed === null || !("problem" in parsed)) return parsed as T;
    this.problems.error(node, `${what} ${this.problems.quote(node)} ${parsed.problem}`, parsed.help);
    return undefined;
  }

  private wrongType(place: YamlNode, node: YamlNode, key: Key, name: string): undefined {
    this.problems.error(
      place,
      `Key "${name}" takes ${key.takes}, not ${this.problems.quote(node)}`,
      `For instance ${key.example}`,
    );
  }
}
