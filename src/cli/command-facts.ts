import { FORMATS } from "../report/index.js";
import { reachCommands } from "./facts-reach.js";
import { simulationCommands } from "./facts-simulate.js";

/** One option of a command. The table is what parsing, `--help` and shell completion read. */
export interface OptionFacts {
  readonly name: string;
  readonly short?: string;
  /** `strings` may be given several times. */
  readonly type: "boolean" | "string" | "strings";
  readonly summary: string;
  /** What stands for the value in the help. */
  readonly argument?: string;
  /** The only values it takes; for `strings` of the part before `=`. */
  readonly values?: readonly string[];
  /** What completion offers for the value. */
  readonly completes?: "files" | "folders" | "rules" | "versions";
}

export interface CommandFacts {
  readonly name: string;
  /** What follows the name on the command line. */
  readonly operands: string;
  readonly summary: string;
  readonly completes?: "files" | "rules" | "shells";
  readonly options: readonly OptionFacts[];
}

const HELP: OptionFacts = { name: "help", short: "h", type: "boolean", summary: "Show this help" };
const COLOR: OptionFacts = {
  name: "color",
  type: "string",
  argument: "WHEN",
  values: ["auto", "always", "never"],
  summary: "Colour the output; auto: on a terminal, unless NO_COLOR is set",
};
const KUBERNETES_VERSION: OptionFacts = {
  name: "kubernetes-version",
  type: "string",
  argument: "1.N",
  completes: "versions",
  summary: "The Kubernetes minor to check against",
};

/** What the commands about permissions share. */
const ACCESS_OPTIONS: readonly OptionFacts[] = [
  {
    name: "namespace",
    short: "n",
    type: "string",
    argument: "NAMESPACE",
    summary: "The namespace that is asked about",
  },
  { name: "all-namespaces", short: "A", type: "boolean", summary: "Ask about all namespaces at once" },
  { name: "subresource", type: "string", argument: "NAME", summary: "The subresource that is asked about" },
  {
    name: "output",
    short: "o",
    type: "string",
    argument: "FORMAT",
    values: ["pretty", "json"],
    summary: "pretty or json",
  },
  KUBERNETES_VERSION,
];

/** Every command, `lint` first: it is meant where none is named. */
export const COMMANDS: readonly CommandFacts[] = [
  {
    name: "lint",
    operands: "[PATH...]",
    completes: "files",
    summary: "Report what is wrong with the manifests; the default command",
    options: [
      {
        name: "output",
        short: "o",
        type: "strings",
        argument: "FORMAT[=FILE]",
        values: FORMATS.map((format) => format.name),
        summary: "How to report, and where to; may be given several times",
      },
      {
        name: "fail-on",
        type: "string",
        argument: "SEVERITY",
        values: ["error", "warning", "note", "never"],
        summary: "The least severity that makes the exit code 1 (default: error)",
      },
      KUBERNETES_VERSION,
      {
        name: "config",
        short: "c",
        type: "string",
        argument: "FILE",
        completes: "files",
        summary: "The configuration file",
      },
      { name: "no-config", type: "boolean", summary: "Use no configuration file" },
      {
        name: "preset",
        type: "string",
        argument: "PRESET",
        values: ["minimal", "recommended", "strict"],
        summary: "Which rules run, instead of what the configuration extends",
      },
      {
        name: "rule",
        type: "strings",
        argument: "ID=SEVERITY",
        completes: "rules",
        summary: "Set a rule to off, note, warning or error; may be given several times",
      },
      { name: "exclude", type: "strings", argument: "GLOB", summary: "Leave files alone; may be given several times" },
      {
        name: "context",
        type: "strings",
        argument: "PATH",
        completes: "folders",
        summary: "Read these too, so that references resolve, but report nothing in them",
      },
      {
        name: "external",
        type: "strings",
        argument: "KIND/NAME",
        summary: "An object that exists elsewhere; `*` stands for any text",
      },
      { name: "fix", type: "boolean", summary: "Apply the safe fixes to the files" },
      COLOR,
      { name: "stdin-name", type: "string", argument: "PATH", summary: "What to call standard input in reports" },
      {
        name: "verbose",
        short: "v",
        type: "boolean",
        summary: "Also say what was skipped and why, and the QoS class of each Pod",
      },
      { name: "quiet", short: "q", type: "boolean", summary: "Say nothing but the findings" },
      HELP,
    ],
  },
  {
    name: "admit",
    operands: "[PATH...]",
    completes: "files",
    summary: "Show what the API server would answer to each object: causes, warnings, the object as stored",
    options: [
      {
        name: "output",
        short: "o",
        type: "string",
        argument: "FORMAT",
        values: ["pretty", "json"],
        summary: "pretty, or json: one line an object",
      },
      { name: "isolated", type: "boolean", summary: "Answer each object on its own, against an empty cluster" },
      KUBERNETES_VERSION,
      COLOR,
      { name: "verbose", short: "v", type: "boolean", summary: "Also show each allowed object as it would be stored" },
      HELP,
    ],
  },
  ...simulationCommands(KUBERNETES_VERSION, COLOR, HELP),
  {
    name: "can-i",
    operands: "VERB RESOURCE [PATH...]",
    completes: "files",
    summary: "Say whether the RBAC of the manifests lets somebody do something, and which rule decides",
    options: [
      { name: "as", type: "string", argument: "USER", summary: "Who asks, as in kubectl; groups of its own are added" },
      {
        name: "as-group",
        type: "strings",
        argument: "GROUP",
        summary: "A group of theirs; may be given several times",
      },
      { name: "serviceaccount", type: "string", argument: "NAMESPACE/NAME", summary: "Who asks, if a ServiceAccount" },
      ...ACCESS_OPTIONS,
      { name: "list", type: "boolean", summary: "List all that they may do; no VERB and RESOURCE are given" },
      { name: "all", type: "boolean", summary: "With --list: also what every cluster gives them" },
      { name: "quiet", short: "q", type: "boolean", summary: "Print nothing; the exit code is the answer" },
      COLOR,
      HELP,
    ],
  },
  {
    name: "who-can",
    operands: "VERB RESOURCE [PATH...]",
    completes: "files",
    summary: "List everybody whom the RBAC of the manifests lets do something",
    options: [
      ...ACCESS_OPTIONS,
      { name: "all", type: "boolean", summary: "List also those to whom every cluster gives it" },
      HELP,
    ],
  },
  ...reachCommands(KUBERNETES_VERSION, COLOR, HELP),
  {
    name: "graph",
    operands: "[PATH...]",
    completes: "files",
    summary: "Draw the objects and what refers to what, with the findings of lint",
    options: [
      {
        name: "output",
        short: "o",
        type: "strings",
        argument: "FORMAT[=FILE]",
        values: ["mermaid", "dot", "json", "svg", "html"],
        summary: "How to draw, and where to; may be given several times (default: mermaid)",
      },
      {
        name: "namespace",
        short: "n",
        type: "strings",
        argument: "NAMESPACE",
        summary: "Only this namespace; may be given several times",
      },
      { name: "kind", type: "strings", argument: "KIND", summary: "Only this kind; may be given several times" },
      { name: "focus", type: "string", argument: "KIND/NAME", summary: "Only this object and what is around it" },
      { name: "depth", type: "string", argument: "N", summary: "With --focus: over how many references (default: 1)" },
      { name: "problems", type: "boolean", summary: "Only what has findings or refers to something that is not there" },
      KUBERNETES_VERSION,
      {
        name: "config",
        short: "c",
        type: "string",
        argument: "FILE",
        completes: "files",
        summary: "The configuration file",
      },
      { name: "no-config", type: "boolean", summary: "Use no configuration file" },
      {
        name: "preset",
        type: "string",
        argument: "PRESET",
        values: ["minimal", "recommended", "strict"],
        summary: "Which rules run, instead of what the configuration extends",
      },
      { name: "exclude", type: "strings", argument: "GLOB", summary: "Leave files alone; may be given several times" },
      {
        name: "external",
        type: "strings",
        argument: "KIND/NAME",
        summary: "An object that exists elsewhere; `*` stands for any text",
      },
      HELP,
    ],
  },
  {
    name: "parse",
    operands: "[PATH...]",
    completes: "files",
    summary: "Show each document as the API server decodes it, one JSON line each",
    options: [
      {
        name: "output",
        short: "o",
        type: "string",
        argument: "FORMAT",
        values: ["json"],
        summary: "The only format is json",
      },
      HELP,
    ],
  },
  {
    name: "rules",
    operands: "[ID]",
    completes: "rules",
    summary: "List the rules, or explain one",
    options: [
      {
        name: "output",
        short: "o",
        type: "string",
        argument: "FORMAT",
        values: ["text", "json"],
        summary: "text or json",
      },
      COLOR,
      HELP,
    ],
  },
  {
    name: "init",
    operands: "[FOLDER]",
    completes: "files",
    summary: "Write a configuration, a pre-commit entry and a CI job",
    options: [{ name: "dry-run", type: "boolean", summary: "Show what would be written, and write nothing" }, HELP],
  },
  {
    name: "completion",
    operands: "SHELL",
    completes: "shells",
    summary: "Print the completion script for bash, zsh or fish",
    options: [HELP],
  },
];
