import {
  type Destination,
  describeEndpoint,
  type Explanation,
  explainSide,
  type PortRequest,
  portText,
  type ReachAnswer,
  type Reachability,
  reachesDns,
  type Verdict,
} from "../cluster/index.js";
import { showControls } from "../report/visible-text.js";
import { placeText } from "./can-i-input.js";
import { loadTheme } from "./finding-theme.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { destinationsOf, type End, findEnd, looksLikeEnd, onwardOf, sourcesOf } from "./reach-ends.js";
import { type ReachInput, readReachInput } from "./reach-input.js";
import { matrixCommand } from "./reach-matrix.js";

/** One answer with what leads to it. */
interface Said {
  readonly answer: ReachAnswer;
  readonly destination: Destination;
  readonly because: readonly Explanation[];
}

/** `kubeproof reach`: whether traffic gets from one thing to another, or a table of everything to everything. */
export async function reachCommand(line: CommandLine, host: Host): Promise<ExitCode> {
  const [first, second, ...rest] = line.operands;
  const namespace = line.values.get("namespace")?.[0];
  const isPair =
    !line.flags.has("matrix") &&
    ((first !== undefined && looksLikeEnd(first)) || (second !== undefined && looksLikeEnd(second)));
  if (!isPair) {
    if (line.values.has("port") || line.values.has("protocol"))
      throw new UsageError("--port and --protocol go with FROM and TO: kubeproof reach FROM TO --port PORT [PATH...]");
    return matrixCommand(line, host, readReachInput(line, host, line.operands, namespace));
  }
  if (first === undefined || second === undefined)
    throw new UsageError("The other end is missing: kubeproof reach FROM TO [PATH...]");
  const output = line.values.get("output")?.[0] ?? "pretty";
  if (output === "mermaid") throw new UsageError("--output mermaid draws the table of all: leave FROM and TO out");
  const request = readRequest(line);
  const input = readReachInput(line, host, rest, namespace);
  const { reachability } = input;
  const from = findEnd(reachability, first, namespace);
  const to = findEnd(reachability, second, namespace);
  if (from.kind === "outside" && to.kind === "outside")
    throw new UsageError("Neither end is in the cluster, where policies could decide");

  const { said, remarks, verdict } = ask(reachability, from, to, request);
  if (output === "json")
    host.out(`${JSON.stringify(toJson(input, first, second, said, remarks, verdict), undefined, 2)}\n`);
  else host.out(await toText(input, said, remarks, verdict, line, host));
  return verdict === "allowed" ? 0 : 1;
}

function readRequest(line: CommandLine): PortRequest {
  const text = line.values.get("port")?.[0];
  const protocol = line.values.get("protocol")?.[0]?.toUpperCase();
  if (text === undefined) return { port: undefined, protocol };
  if (!/^\d+$/.test(text)) return { port: text, protocol };
  const port = Number(text);
  if (port < 1 || port > 65535) throw new UsageError(`--port takes 1 to 65535 or a name, not "${text}"`);
  return { port, protocol };
}

interface Result {
  readonly said: readonly Said[];
  readonly remarks: readonly string[];
  readonly verdict: Verdict;
}

function ask(reachability: Reachability, from: End, to: End, request: PortRequest): Result {
  const sources = sourcesOf(reachability, from);
  const { destinations, remarks, uncertain } = destinationsOf(reachability, to, request);
  const onward = onwardOf(reachability, to);
  const said = [
    ...askAll(reachability, sources, destinations),
    ...(onward ? askAll(reachability, onward.sources, onward.onward.destinations) : []),
  ];
  const all = new Set([
    ...remarks,
    ...(onward?.onward.remarks ?? []),
    ...caveats(reachability, from, to, sources, said),
  ]);
  const verdict = said.length === 0 ? (uncertain ? "unknown" : "denied") : overall(said, onward !== undefined);
  return { said, remarks: [...all], verdict };
}

function askAll(
  reachability: Reachability,
  sources: readonly ReachAnswer["from"][],
  destinations: readonly Destination[],
): Said[] {
  return sources.flatMap((source) =>
    destinations
      .filter(({ endpoint }) => endpoint !== source || sources.length === 1)
      .map((destination) => {
        const answer = reachability.reach(source, destination.endpoint, destination.port);
        return {
          answer,
          destination,
          because: [...explainSide(answer.egress, answer.to), ...explainSide(answer.ingress, answer.from)],
        };
      }),
  );
}

/** Reachable where one of the ports is, on every Pod and from every Pod; of an Ingress, each step has to be. */
function overall(said: readonly Said[], everyStep: boolean): Verdict {
  const all = (some: readonly Said[]): Verdict => {
    const verdicts = some.map(({ answer }) => answer.verdict);
    if (verdicts.every((verdict) => verdict === "allowed")) return "allowed";
    return verdicts.includes("denied") ? "denied" : "unknown";
  };
  if (everyStep) return all(said);
  const byPort = new Map<string, Said[]>();
  for (const one of said) {
    const { service } = one.destination;
    const key = service ? `${service.port}/${one.answer.port.protocol}` : portText(one.answer.port);
    const same = byPort.get(key);
    if (same) same.push(one);
    else byPort.set(key, [one]);
  }
  const verdicts = [...byPort.values()].map(all);
  return verdicts.includes("allowed") ? "allowed" : verdicts.includes("unknown") ? "unknown" : "denied";
}

/** What the verdict leaves out. */
function caveats(
  reachability: Reachability,
  from: End,
  to: End,
  sources: readonly ReachAnswer["from"][],
  said: readonly Said[],
): string[] {
  const remarks: string[] = [];
  for (const source of sources) {
    if (source.kind !== "pods" || !said.some(({ answer }) => answer.from === source && answer.verdict !== "denied"))
      continue;
    if (reachesDns(reachability, source).egress.verdict === "denied")
      remarks.push(
        `${describeEndpoint(source)} may not ask the DNS server of the cluster: no rule allows UDP 53 to kube-dns in namespace "kube-system", so it resolves no names`,
      );
  }
  if (from.kind === "outside" && from.name !== "node" && to.kind === "object" && to.resource.is("Service")) {
    const { type = "ClusterIP", externalTrafficPolicy } = to.resource.spec ?? {};
    if (type === "ClusterIP")
      remarks.push(`${to.resource.ref} has type ClusterIP, whose address is for the inside of the cluster`);
    else if (type !== "ExternalName" && externalTrafficPolicy !== "Local")
      remarks.push(
        `${to.resource.ref} may replace the address of clients by that of a node, which ipBlock rules then see: externalTrafficPolicy is not Local`,
      );
  }
  return remarks;
}

const MARKS: Readonly<Record<Verdict, string>> = { allowed: "✓", denied: "✗", unknown: "?" };

async function toText(
  input: ReachInput,
  said: readonly Said[],
  remarks: readonly string[],
  verdict: Verdict,
  line: CommandLine,
  host: Host,
): Promise<string> {
  const theme = await loadTheme(line, host);
  const paint = { allowed: theme.good, denied: theme.severity.error, unknown: theme.severity.warning };
  const out: string[] = [paint[verdict](verdict)];
  for (const { answer, destination, because } of said) {
    const via = destination.service
      ? ` through ${destination.service.resource.ref} port ${destination.service.port}`
      : "";
    const what = `${describeEndpoint(answer.from)} → ${describeEndpoint(answer.to)}, ${portText(answer.port)}${via}`;
    out.push("", `${paint[answer.verdict](MARKS[answer.verdict])} ${theme.strong(showControls(what))}`);
    const places = because.map((each) => {
      const place = input.placeOf(each);
      return place ? showControls(placeText(place)) : "";
    });
    const width = Math.max(0, ...places.map((place) => place.length));
    because.forEach(({ text }, i) => {
      out.push(`  ${width > 0 ? `${theme.dim(places[i]!.padEnd(width))}  ` : ""}${showControls(text)}`);
    });
  }
  if (remarks.length > 0) out.push("", ...remarks.map((text) => `${theme.dim("note:")} ${showControls(text)}`));
  return `${out.join("\n")}\n`;
}

function toJson(
  input: ReachInput,
  from: string,
  to: string,
  said: readonly Said[],
  remarks: readonly string[],
  verdict: Verdict,
) {
  return {
    from,
    to,
    verdict,
    answers: said.map(({ answer, destination }) => ({
      from: describeEndpoint(answer.from),
      to: describeEndpoint(answer.to),
      ...(destination.service && {
        service: destination.service.resource.ref,
        servicePort: destination.service.port,
      }),
      port: answer.port.number,
      protocol: answer.port.protocol,
      verdict: answer.verdict,
      ...Object.fromEntries(
        [answer.egress, answer.ingress].map((side) => [
          side.direction,
          {
            verdict: side.verdict,
            reason: side.reason,
            policies: side.places.map(({ policy, at }) => ({
              kind: policy.kind,
              ...(policy.namespace && { namespace: policy.namespace }),
              name: policy.name,
              path: at,
              ...input.placeOf({ resource: policy, at }),
            })),
            because: explainSide(side, side.direction === "egress" ? answer.to : answer.from).map((each) => ({
              text: each.text,
              ...input.placeOf(each),
            })),
          },
        ]),
      ),
    })),
    remarks,
  };
}
