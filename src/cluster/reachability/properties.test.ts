import fc from "fast-check";
import { readText } from "../../input/index.js";
import { Cluster, Resource } from "../index.js";
import type { Verdict } from "./answers.js";
import { Reachability } from "./reachability.js";

const NAMES = ["a", "b", "c"];
const labels = fc.dictionary(fc.constantFrom("app", "tier"), fc.constantFrom("a", "b", "c"), { maxKeys: 2 });
const selector = fc.record({ matchLabels: labels });
const peer = fc.oneof(
  fc.record({ podSelector: selector }),
  fc.record({ namespaceSelector: selector }),
  fc.record({ namespaceSelector: selector, podSelector: selector }),
  fc.record({ ipBlock: fc.record({ cidr: fc.constantFrom("0.0.0.0/0", "10.0.0.0/8", "203.0.113.0/24") }) }),
);
const ports = fc.array(fc.record({ port: fc.constantFrom<number | string>(80, 81, "http") }), { maxLength: 2 });
const ingress = fc.array(fc.record({ from: fc.array(peer, { maxLength: 2 }), ports }), { maxLength: 2 });
const egress = fc.array(fc.record({ to: fc.array(peer, { maxLength: 2 }), ports }), { maxLength: 2 });
const policy = fc.record({
  apiVersion: fc.constant("networking.k8s.io/v1"),
  kind: fc.constant("NetworkPolicy"),
  metadata: fc.record({ name: fc.constant("p"), namespace: fc.constantFrom("x", "y") }),
  spec: fc.record({
    podSelector: selector,
    policyTypes: fc.constantFrom(["Ingress"], ["Egress"], ["Ingress", "Egress"]),
    ingress,
    egress,
  }),
});
const pods = fc.tuple(...NAMES.map((name) => fc.tuple(fc.constant(name), fc.constantFrom("x", "y", "z"), labels)));
const NAMESPACES = ["x", "y"].map((name) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels: { app: name === "x" ? "a" : "b" } },
}));

type Verdicts = Readonly<Record<string, Verdict>>;

/** Everything to everything, on two ports. */
function verdicts(some: readonly [string, string, Record<string, string>][], policies: readonly object[]): Verdicts {
  const objects = [
    ...NAMESPACES,
    ...some.map(([name, namespace, own]) => ({
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name, namespace, labels: own },
      spec: { containers: [{ name: "app", ports: [{ name: "http", containerPort: 80 }] }] },
    })),
    ...policies,
  ];
  const text = objects.map((object) => JSON.stringify(object)).join("\n---\n");
  const resources = readText("all.yaml", text).manifests.map((each) => new Resource(each.value, each, undefined));
  const reachability = new Reachability(new Cluster(resources, { types: { minor: 34 } as never, externals: [] }));
  const ends = [
    ...reachability.cluster.podTemplates.map((pod) => reachability.podEndpoint(pod)),
    reachability.addresses("203.0.113.5")!,
  ];
  return Object.fromEntries(
    ends.flatMap((from, i) =>
      ends.flatMap((to, j) =>
        [80, 81].map((number) => {
          const answer = reachability.reach(from, to, { protocol: "TCP", number });
          expect(reachability.verdict(from, to, answer.port)).toBe(answer.verdict);
          return [`${i} ${j} ${number}`, answer.verdict] as const;
        }),
      ),
    ),
  );
}

const RANK: Readonly<Record<Verdict, number>> = { denied: 0, unknown: 1, allowed: 2 };
const neverLess = (before: Verdicts, after: Verdicts): void => {
  for (const key of Object.keys(before)) expect([key, RANK[after[key]!] >= RANK[before[key]!]]).toEqual([key, true]);
};

test("a rule more never takes anything away", () => {
  fc.assert(
    fc.property(
      pods,
      fc.array(policy, { minLength: 1, maxLength: 3 }),
      ingress,
      egress,
      (some, policies, more, out) => {
        const [first, ...rest] = policies;
        const { spec } = first!;
        const wider = {
          ...first!,
          spec: { ...spec, ingress: [...spec.ingress, ...more], egress: [...spec.egress, ...out] },
        };
        neverLess(verdicts(some, policies), verdicts(some, [wider, ...rest]));
      },
    ),
    { numRuns: 150 },
  );
});

test("a policy more, where all Pods are isolated already, never takes anything away", () => {
  const isolate = ["x", "y", "z"].map((namespace) => ({
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "isolate", namespace },
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  }));
  fc.assert(
    fc.property(pods, fc.array(policy, { maxLength: 2 }), policy, (some, policies, more) => {
      neverLess(verdicts(some, [...isolate, ...policies]), verdicts(some, [...isolate, ...policies, more]));
    }),
    { numRuns: 150 },
  );
});

test("a policy without rules never adds anything, and the order of policies changes nothing", () => {
  fc.assert(
    fc.property(pods, fc.array(policy, { maxLength: 3 }), policy, (some, policies, other) => {
      const before = verdicts(some, policies);
      const closed = { ...other, spec: { ...other.spec, ingress: [], egress: [] } };
      neverLess(verdicts(some, [...policies, closed]), before);
      expect(verdicts(some, [...policies].reverse())).toEqual(before);
    }),
    { numRuns: 150 },
  );
});
