import {
  describeEndpoint,
  type Endpoint,
  type Matrix,
  type MatrixCell,
  matrixOf,
  portText,
  type Reachability,
  type SideAnswer,
} from "../cluster/index.js";
import { displayWidth, showControls } from "../report/visible-text.js";
import { placeText } from "./can-i-input.js";
import type { ExitCode, Host } from "./host.js";
import type { CommandLine } from "./options.js";
import type { ReachInput } from "./reach-input.js";

const MARKS: Readonly<Record<MatrixCell["verdict"], string>> = { allowed: "✓", denied: "✗", unknown: "?", partly: "±" };

/** Beyond this many, Pods that policies treat alike share a row. */
const ROWS_EACH = 20;

/** A row and a column of the table. */
interface Line {
  readonly name: string;
  /** Of the matrix. */
  readonly group: number;
  /** The one endpoint that it is about; undefined for a whole group. */
  readonly endpoint: Endpoint | undefined;
}

/** The table of everything to everything. */
export function matrixCommand(line: CommandLine, host: Host, input: ReachInput): ExitCode {
  const matrix = matrixOf(input.reachability);
  const output = line.values.get("output")?.[0] ?? "pretty";
  if (output === "json") host.out(toJson(input, matrix));
  else if (output === "mermaid") host.out(toMermaid(matrix));
  else host.out(toTable(input.reachability, matrix));
  return 0;
}

function linesOf(matrix: Matrix): Line[] {
  const all = matrix.groups.flatMap(({ members }, group) => members.map((endpoint) => ({ endpoint, group })));
  const kinds = new Map<string, Set<string>>();
  for (const { endpoint } of all) {
    const name = plainName(endpoint);
    kinds.set(name, (kinds.get(name) ?? new Set()).add(describeEndpoint(endpoint)));
  }
  const nameOf = (endpoint: Endpoint): string =>
    kinds.get(plainName(endpoint))!.size > 1 ? describeEndpoint(endpoint).replaceAll('"', "") : plainName(endpoint);
  const lines: Line[] =
    all.length - 1 <= ROWS_EACH
      ? all.map(({ endpoint, group }) => ({ name: nameOf(endpoint), group, endpoint }))
      : matrix.groups.map(({ members }, group) => ({
          name: groupName(members, nameOf),
          group,
          endpoint: members.length === 1 ? members[0] : undefined,
        }));
  // The outside comes last.
  return lines
    .map((each) => ({ each, key: matrix.groups[each.group]!.members[0]!.kind === "addresses" ? "\uffff" : each.name }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ each }) => each);
}

const plainName = (endpoint: Endpoint): string =>
  endpoint.kind === "pods" ? `${endpoint.namespace}/${endpoint.pod.owner.name}` : describeEndpoint(endpoint);

/** `shop/api`, `shop/api, web`, `shop/api, db and 7 more; 12 in ops`. */
function groupName(members: readonly Endpoint[], nameOf: (endpoint: Endpoint) => string): string {
  const [first, ...rest] = members.map(nameOf).sort();
  if (rest.length === 0) return first!;
  const namespaces = new Set(members.map((each) => (each.kind === "pods" ? each.namespace : "")));
  const where = namespaces.size > 1 ? ` in ${namespaces.size} namespaces` : "";
  return `${first} and ${rest.length} more${where}`;
}

/** Who sends, by rows; who receives, by columns with the numbers of the rows. */
function toTable(reachability: Reachability, matrix: Matrix): string {
  const lines = linesOf(matrix);
  if (lines.length === 1) return "The input has no Pods\n";
  const names = lines.map(
    ({ name }, i) => `${String(i + 1).padStart(String(lines.length).length)} ${showControls(name)}`,
  );
  const nameWidth = Math.max(...names.map(displayWidth));
  const cellWidth = String(lines.length).length + 1;
  const head = `${" ".repeat(nameWidth)} ${lines.map((_, i) => String(i + 1).padStart(cellWidth)).join("")}`;
  const partly = new Map<string, number[]>();
  const rows = lines.map((from, i) => {
    const marks = lines.map((to, j) => {
      const cell = matrix.cells[from.group]![to.group];
      // One Pod to itself is no traffic on the network.
      if (!cell || (from === to && isOnePod(from.endpoint))) return "·";
      if (cell.verdict === "partly") {
        const ports = cell.ports.map(({ port, verdict }) => `${portText(port)} ${MARKS[verdict]}`).join(", ");
        const key = `${j + 1} ${to.name}: ${ports}`;
        partly.set(key, [...(partly.get(key) ?? []), i + 1]);
      }
      return MARKS[cell.verdict];
    });
    const padding = " ".repeat(nameWidth - displayWidth(names[i]!));
    return `${names[i]}${padding} ${marks.map((mark) => mark.padStart(cellWidth)).join("")}`;
  });
  const shown = [...partly]
    .slice(0, PARTLY_AT_MOST)
    .map(([text, from]) => `± ${showControls(text)}, from ${from.join(", ")}`);
  const more = partly.size - shown.length;
  const policies = reachability.policies.length;
  return `${[
    head,
    ...rows,
    "",
    "Rows send, columns receive: ✓ allowed, ✗ denied, ? not known, ± some ports of those that are declared",
    ...(policies === 0 ? ["No policy is in the input, so everything is allowed"] : []),
    ...shown,
    ...(more > 0 ? [`± ${more} more; --output json has them all`] : []),
  ].join("\n")}\n`;
}

const PARTLY_AT_MOST = 20;

const isOnePod = (endpoint: Endpoint | undefined): boolean =>
  endpoint?.kind === "pods" && endpoint.pod.owner.kind === "Pod";

/** Groups and the pairs of them, a line each, with the decisions of each end in a list of their own. */
function toJson(input: ReachInput, matrix: Matrix): string {
  const decisions: unknown[] = [];
  const numbers = new Map<string, number>();
  const decisionOf = (side: SideAnswer): number => {
    const policies = side.places.map(({ policy, at }) => {
      const place = input.placeOf({ resource: policy, at });
      return `${policy.kind} ${policy.namespace ? `${policy.namespace}/` : ""}${policy.name} ${at} ${place ? placeText(place) : ""}`;
    });
    const key = `${side.direction} ${side.verdict} ${side.reason} ${policies.join(",")}`;
    const known = numbers.get(key) ?? decisions.length;
    if (known === decisions.length) {
      decisions.push({ direction: side.direction, verdict: side.verdict, reason: side.reason, policies });
      numbers.set(key, known);
    }
    return known;
  };
  const pairs = matrix.cells.flatMap((row, from) =>
    row.flatMap((cell, to) =>
      cell
        ? JSON.stringify({
            from,
            to,
            verdict: cell.verdict,
            ports: matrix.answers(from, to).map(({ port, verdict, egress, ingress }) => ({
              protocol: port.protocol,
              port: port.number,
              verdict,
              egress: decisionOf(egress),
              ingress: decisionOf(ingress),
            })),
          })
        : [],
    ),
  );
  const groups = matrix.groups.map(({ members }) =>
    JSON.stringify(members.map((endpoint) => endpointFields(input, endpoint))),
  );
  const list = (name: string, items: readonly string[]): string => `"${name}": [\n${items.join(",\n")}\n]`;
  const known = decisions.map((each) => JSON.stringify(each));
  return `{\n${[list("groups", groups), list("decisions", known), list("pairs", pairs)].join(",\n")}\n}\n`;
}

function endpointFields(input: ReachInput, endpoint: Endpoint) {
  if (endpoint.kind !== "pods") return { name: describeEndpoint(endpoint) };
  const { owner } = endpoint.pod;
  return { kind: owner.kind, namespace: endpoint.namespace, name: owner.name, ...input.placeOf({ resource: owner }) };
}

/** What is allowed, as arrows; where it is only some ports or not known, dotted. */
function toMermaid(matrix: Matrix): string {
  const text = (value: string): string => value.replace(/[^\w ./:@-]/g, (c) => `#${c.codePointAt(0)};`);
  const out = ["flowchart LR"];
  for (const [i, { members }] of matrix.groups.entries()) {
    const names = members.map(plainName).sort();
    const shown = [...names.slice(0, 4), ...(names.length > 4 ? [`and ${names.length - 4} more`] : [])];
    out.push(`  g${i}["${shown.map(text).join("<br/>")}"]`);
  }
  for (const [i, row] of matrix.cells.entries())
    for (const [j, cell] of row.entries()) {
      if (!cell || cell.verdict === "denied" || (i === j && matrix.groups[i]!.members.length === 1)) continue;
      const ports = cell.ports.filter(({ verdict }) => verdict === "allowed").map(({ port }) => portText(port));
      if (cell.verdict === "allowed") out.push(`  g${i} --> g${j}`);
      else out.push(`  g${i} -. "${text(cell.verdict === "partly" ? ports.join(" ") : "?")}" .-> g${j}`);
    }
  return `${out.join("\n")}\n`;
}
