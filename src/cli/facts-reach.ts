import type { CommandFacts, OptionFacts } from "./command-facts.js";

/** `reach`, with the options that commands share. */
export const reachCommands = (...shared: readonly OptionFacts[]): readonly CommandFacts[] => [
  {
    name: "reach",
    operands: "[FROM TO] [PATH...]",
    completes: "files",
    summary: "Say whether network policies let one thing reach another, and which decide; without FROM and TO, a table",
    options: [
      {
        name: "port",
        short: "p",
        type: "string",
        argument: "PORT",
        summary: "The port that is asked about, by number or name",
      },
      {
        name: "protocol",
        type: "string",
        argument: "PROTOCOL",
        values: ["TCP", "UDP", "SCTP", "tcp", "udp", "sctp"],
        summary: "TCP, UDP or SCTP (default: as the port is declared, else TCP)",
      },
      {
        name: "namespace",
        short: "n",
        type: "string",
        argument: "NAMESPACE",
        summary: "Where FROM and TO are, and where objects are that name no namespace (default: default)",
      },
      { name: "matrix", type: "boolean", summary: "The table of all pairs, whatever the paths look like" },
      {
        name: "output",
        short: "o",
        type: "string",
        argument: "FORMAT",
        values: ["pretty", "json", "mermaid"],
        summary: "pretty, json, or of the table mermaid",
      },
      ...shared,
    ],
  },
];
