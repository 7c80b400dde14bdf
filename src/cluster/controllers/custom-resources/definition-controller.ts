import type {
  CustomResourceDefinition,
  CustomResourceDefinitionCondition,
} from "../../../apis/types/apiextensions.v1.generated.js";
import type { Controller } from "../../simulation/controller.js";
import { subjectOf } from "../../simulation/object-store.js";
import type { SimulatedCluster } from "../../simulation/simulated-cluster.js";

const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
const NAME = "custom-resource-definitions";
/** Keeps a definition until its objects are gone. */
const CLEANUP = "customresourcecleanup.apiextensions.k8s.io";
/** Asks for what is left of a definition that is going. */
const GOING = "going ";

/**
 * Gives definitions their names, first come first served within a group, and deletes the objects of those that go.
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/
 */
export const definitionController = (): Controller => ({
  name: NAME,
  watches: {
    [DEFINITIONS]: (change, enqueue) => {
      const { before, after } = change;
      if (after?.metadata.deletionTimestamp !== undefined) enqueue(GOING + after.metadata.name);
      else if (before?.spec !== after?.spec) enqueue(subjectOf(change).spec.group);
    },
  },
  watchesAll: ({ resource, after }, enqueue, cluster) => {
    if (after !== undefined || !cluster.objects.get(DEFINITIONS, undefined, resource)?.metadata.deletionTimestamp)
      return;
    enqueue(GOING + resource);
  },
  reconcile: (key, cluster) => {
    if (key.startsWith(GOING)) empty(key.slice(GOING.length), cluster);
    else nameAll(key, cluster);
  },
});

function empty(name: string, cluster: SimulatedCluster): void {
  const definition = cluster.objects.get(DEFINITIONS, undefined, name);
  if (definition?.metadata.finalizers?.includes(CLEANUP) !== true) return;
  for (const object of [...cluster.objects.list(name)]) cluster.delete(name, object);
  for (const _ of cluster.objects.list(name)) return;
  const finalizers = definition.metadata.finalizers.filter((other) => other !== CLEANUP);
  cluster.update(DEFINITIONS, { ...definition, metadata: { ...definition.metadata, finalizers } });
}

interface Taken {
  readonly resources: Set<string>;
  readonly kinds: Set<string>;
}

function nameAll(group: string, cluster: SimulatedCluster): void {
  const definitions = [...cluster.objects.list(DEFINITIONS)].filter(({ spec }) => spec.group === group);
  const taken: Taken = { resources: new Set(), kinds: new Set() };
  const isAccepted = ({ status }: CustomResourceDefinition): boolean =>
    status?.conditions?.some(({ type, status: holds }) => type === "NamesAccepted" && holds === "True") ?? false;
  for (const definition of definitions) if (isAccepted(definition)) take(definition, taken);
  for (const definition of definitions) {
    const conflict = isAccepted(definition) ? undefined : conflictOf(definition, taken);
    if (conflict === undefined) take(definition, taken);
    writeStatus(definition, conflict, cluster);
  }
}

const namesIn = ({ spec: { names } }: CustomResourceDefinition) => ({
  plural: names.plural,
  singular: names.singular ?? names.kind.toLowerCase(),
  shortNames: names.shortNames ?? [],
  kind: names.kind,
  listKind: names.listKind ?? `${names.kind}List`,
});

function take(definition: CustomResourceDefinition, { resources, kinds }: Taken): void {
  const { plural, singular, shortNames, kind, listKind } = namesIn(definition);
  for (const name of [plural, singular, ...shortNames]) resources.add(name);
  for (const name of [kind, listKind]) kinds.add(name);
}

interface Conflict {
  readonly reason: string;
  readonly message: string;
}

/** Of several conflicts the last one is told. */
function conflictOf(definition: CustomResourceDefinition, { resources, kinds }: Taken): Conflict | undefined {
  const { plural, singular, shortNames, kind, listKind } = namesIn(definition);
  const clash = (names: readonly string[], taken: ReadonlySet<string>, reason: string): Conflict | undefined => {
    const found = names.find((name) => taken.has(name));
    return found === undefined ? undefined : { reason, message: `"${found}" is in use already` };
  };
  return (
    clash([listKind], kinds, "ListKindConflict") ??
    clash([kind], kinds, "KindConflict") ??
    clash(shortNames, resources, "ShortNamesConflict") ??
    clash([singular], resources, "SingularConflict") ??
    clash([plural], resources, "PluralConflict")
  );
}

function writeStatus(
  definition: CustomResourceDefinition,
  conflict: Conflict | undefined,
  cluster: SimulatedCluster,
): void {
  const wanted: Omit<CustomResourceDefinitionCondition, "lastTransitionTime">[] =
    conflict === undefined
      ? [
          {
            type: "NamesAccepted",
            status: "True",
            reason: "NoConflicts",
            message: "No other definition has these names",
          },
          {
            type: "Established",
            status: "True",
            reason: "InitialNamesAccepted",
            message: "The names have been accepted",
          },
        ]
      : [
          { type: "NamesAccepted", status: "False", ...conflict },
          { type: "Established", status: "False", reason: "NotAccepted", message: "Not all names are accepted" },
        ];
  const approval = approvalOf(definition);
  if (approval !== undefined) wanted.push(approval);
  const known = new Map(definition.status?.conditions?.map((condition) => [condition.type, condition]));
  const conditions = wanted.map((condition) => {
    const before = known.get(condition.type);
    const isOld = before?.status === condition.status;
    return { ...condition, lastTransitionTime: isOld ? before.lastTransitionTime : cluster.timestamp };
  });
  const { metadata, spec } = definition;
  const finalizers = [...new Set([...(metadata.finalizers ?? []), CLEANUP])];
  const kept = { ...definition, metadata: { ...metadata, finalizers } };
  if (metadata.finalizers?.includes(CLEANUP) !== true) cluster.update(DEFINITIONS, kept);
  // The names of another definition that is gone: now they are this one's.
  else if (conflict === undefined && known.get("NamesAccepted")?.status === "False")
    cluster.admission.replace(definition, definition);
  cluster.updateStatus(DEFINITIONS, kept, {
    ...definition.status,
    conditions,
    acceptedNames: conflict === undefined ? spec.names : (definition.status?.acceptedNames ?? { kind: "", plural: "" }),
    storedVersions: spec.versions?.filter(({ storage }) => storage).map(({ name }) => name) ?? [],
  });
}

const APPROVAL = "api-approved.kubernetes.io";

/** Groups of Kubernetes' own are asked for an approval: https://kubernetes.io/docs/reference/labels-annotations-taints/#api-approved-kubernetes-io */
function approvalOf({
  metadata,
  spec,
}: CustomResourceDefinition): Omit<CustomResourceDefinitionCondition, "lastTransitionTime"> | undefined {
  if (!/(^|\.)(k8s|kubernetes)\.io$/.test(spec.group)) return undefined;
  const text = metadata.annotations?.[APPROVAL] ?? "";
  const isApproved = !text.startsWith("unapproved");
  return {
    type: "KubernetesAPIApprovalPolicyConformant",
    status: isApproved ? "True" : "False",
    reason: isApproved ? "ApprovedAnnotation" : "UnapprovedAnnotation",
    message: `Annotation ${APPROVAL} says "${text}"`,
  };
}
