import type { CommandFacts, OptionFacts } from "./command-facts.js";

const OUTPUT: OptionFacts = {
  name: "output",
  short: "o",
  type: "string",
  argument: "FORMAT",
  values: ["pretty", "json"],
  summary: "pretty or json",
};
const ASSUMED: readonly OptionFacts[] = [
  {
    name: "namespace",
    short: "n",
    type: "string",
    argument: "NAMESPACE",
    summary: "The namespace of objects that name none",
  },
  {
    name: "nodes",
    type: "string",
    argument: "N[:cpu=4,memory=16Gi]",
    summary: "Take N nodes as there, all alike; zones=3 spreads them over zones",
  },
];
const ORDER: readonly OptionFacts[] = [
  {
    name: "sort",
    type: "boolean",
    summary: "Apply namespaces, CRDs, classes and the like first, as helm does; the default for several files",
  },
  {
    name: "in-order",
    type: "boolean",
    summary: "Apply everything in the order in which it stands; the default for one file",
  },
];
const ASSUME_NAMESPACES: OptionFacts = {
  name: "assume-namespaces",
  type: "boolean",
  summary: "Take the namespaces as there that the objects name",
};

/** `simulate` and `describe`, given the options that all commands share. */
export const simulationCommands = (
  kubernetesVersion: OptionFacts,
  color: OptionFacts,
  help: OptionFacts,
): readonly CommandFacts[] => [
  {
    name: "simulate",
    operands: "[PATH...]",
    completes: "files",
    summary: "Show the cluster that results: Pods, nodes, endpoints, claims, quotas, budgets",
    options: [
      OUTPUT,
      ASSUME_NAMESPACES,
      ...ASSUMED,
      ...ORDER,
      { name: "drain", type: "string", argument: "NODE", summary: "Also show what draining the node would do" },
      {
        name: "without",
        type: "strings",
        argument: "KIND/NAME",
        summary: "Leave an object out, and show what differs; may be given several times",
      },
      {
        name: "queries",
        type: "string",
        argument: "FILE",
        completes: "files",
        summary: "Questions to the authorizer, as JSON",
      },
      kubernetesVersion,
      color,
      { name: "verbose", short: "v", type: "boolean", summary: "Show every Pod, every refusal and what was left out" },
      help,
    ],
  },
  {
    name: "describe",
    operands: "KIND/NAME [PATH...]",
    completes: "files",
    summary: "Show one object as the cluster makes of it, what it refers to and what refers to it",
    options: [
      OUTPUT,
      ...ASSUMED,
      { name: "at", type: "string", argument: "TIME", summary: "The time that next runs are counted from" },
      kubernetesVersion,
      color,
      help,
    ],
  },
];
