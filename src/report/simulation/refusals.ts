import { admitObject } from "../../apis/index.js";
import type { DocumentAnswer } from "../../cluster/simulation/documents.js";
import type { Simulation } from "../../cluster/simulation/simulate.js";
import type { Manifest } from "../../input/index.js";
import { joinPath } from "../../source/field-path.js";
import type { SourceFile } from "../../source/source-file.js";
import { locate } from "../../yaml/index.js";

/** A document that the API server refuses, and why. */
export interface RefusedDocument {
  readonly answer: DocumentAnswer;
  /** `shop.yaml:12:3`, the place of the document. */
  readonly place: string;
  /** `Deployment shop/web`. */
  readonly name: string;
  readonly causes: readonly { readonly place: string; readonly field: string; readonly message: string }[];
  /** The namespace that is not there at all. */
  readonly absentNamespace?: string;
  /** It would be taken if it came after the others. */
  readonly tooEarly: boolean;
}

/** The refused documents in their order, each with its places in the input. */
export function refusedDocuments(simulation: Simulation, manifests: readonly Manifest[]): RefusedDocument[] {
  return simulation.answers.flatMap((answer, i) => {
    const manifest = manifests[i];
    return answer.allowed || manifest === undefined ? [] : refusalOf(answer, manifest, simulation);
  });
}

function refusalOf(answer: DocumentAnswer, manifest: Manifest, { cluster }: Simulation): RefusedDocument {
  const { kind, namespace, name, causes } = answer;
  const identity = namespace === undefined ? name : `${namespace}/${name}`;
  const absent =
    answer.reason === "NotFound" &&
    causes.some(({ field }) => field === "metadata.namespace") &&
    cluster.objects.get("namespaces", undefined, namespace ?? "") === undefined;
  return {
    answer,
    place: placeOf(manifest, ""),
    name: kind === "" ? "The document" : `${kind} ${name === undefined ? "without a name" : identity}`,
    causes: causes.map(({ field, message }) => ({ place: placeOf(manifest, field), field, message })),
    absentNamespace: absent ? namespace : undefined,
    tooEarly: !absent && isTooEarly(answer, cluster),
  };
}

/** Whether the cluster takes it in the end, with all the others there. */
function isTooEarly({ request, user }: DocumentAnswer & { user?: unknown }, cluster: Simulation["cluster"]): boolean {
  if (request.operation !== "create" || request.user !== undefined || user !== undefined) return false;
  return admitObject(request.value, { minor: cluster.minor, surroundings: cluster.admission }).allowed;
}

/** Where a field of a manifest stands; of the object as a whole, its kind and name. */
export function placeOf({ source, document, base }: Manifest, field: string): string {
  const paths = field === "" ? ["metadata.name", "kind", ""] : [field];
  for (const path of paths) {
    const found = locate(document, joinPath(base, path));
    if (found?.span !== undefined && (found.exists || path === field)) return positionText(source, found.span.start);
  }
  return positionText(source, document.span.start);
}

function positionText(source: SourceFile, offset: number): string {
  const { line, column } = source.position(offset);
  return `${source.path}:${line}:${column}`;
}
