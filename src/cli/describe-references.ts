import { type Field, table } from "../cluster/description/description.js";
import type { Cluster, Edge, Resource } from "../cluster/index.js";
import { lint } from "../engine/lint.js";
import type { Input, Manifest } from "../input/index.js";
import type { Difference } from "../report/simulation/difference.js";
import { placeOf } from "../report/simulation/refusals.js";

/** The objects as they are written, for what refers to what. Reading them so takes doubtful fields out of the values. */
export function writtenCluster(input: Input, minor: number): Cluster {
  let cluster: Cluster | undefined;
  lint(input, {
    minor,
    rules: [],
    setting: () => undefined,
    externals: [],
    onCluster: (made) => {
      cluster = made;
    },
  });
  if (cluster === undefined) throw new Error("linting makes the cluster");
  return cluster;
}

/** The tables of what an object refers to, and of what refers to it. */
export function referenceFields(cluster: Cluster, resource: Resource): Field[] {
  const from = cluster.referencesFrom(resource).filter((edge) => edge.to !== resource);
  const to = cluster.referencesTo(resource).filter((edge) => edge.from !== resource);
  return [
    ...table(
      "Refers to",
      ["OBJECT", "FIELD", "STATE", "PLACE"],
      from.map((edge) => [targetOf(edge), edge.at, stateOf(edge), placeOf(edge.from.manifest, edge.at)]),
    ),
    ...table(
      "Referred to by",
      ["OBJECT", "FIELD", "PLACE"],
      to.map((edge) => [nameOf(edge.from), edge.at, placeOf(edge.from.manifest, edge.at)]),
    ),
  ];
}

/** What names objects that are left out, and does not take it lightly: that is what the kubelet would stumble over. */
export function whoRefersTo(cluster: Cluster, left: readonly Manifest[]): Difference["lines"] {
  const isLeft = ({ manifest }: Resource): boolean =>
    left.some(({ document, base }) => document === manifest.document && base === manifest.base);
  return cluster.resources.filter(isLeft).flatMap((resource) =>
    cluster
      .referencesTo(resource)
      .filter(({ optional, selector, from }) => !optional && selector === undefined && !isLeft(from))
      .map(({ from, at }) => ({
        mark: "warning" as const,
        text: `${nameOf(from)} names ${nameOf(resource)} at ${at} (${placeOf(from.manifest, at)})`,
      })),
  );
}

const nameOf = ({ kind, namespace, name }: Pick<Resource, "kind" | "namespace" | "name">): string =>
  `${kind} ${namespace ? `${namespace}/` : ""}${name}`;

function targetOf(edge: Edge): string {
  if (edge.to !== undefined) return nameOf(edge.to);
  if (edge.selector !== undefined) return `${edge.kind} with ${edge.selector || "any labels"}`;
  return nameOf({ kind: edge.kind, namespace: edge.namespace ?? "", name: edge.name });
}

const STATES: Readonly<Record<Edge["resolved"], string>> = {
  present: "there",
  missing: "not in the input",
  external: "from elsewhere",
  unknown: "not known",
};

const stateOf = ({ resolved, optional, selector }: Edge): string =>
  resolved === "missing" && selector !== undefined
    ? "selects nothing"
    : `${STATES[resolved]}${optional ? ", optional" : ""}`;
