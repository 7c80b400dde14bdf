import type { ParamRef, ValidatingAdmissionPolicySpec } from "../../types/admissionregistration.v1.generated.js";
import { selects } from "./label-selector.js";
import type { FindParameters, ParameterKind, PolicyRequest } from "./policy-request.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The parameters with which a policy is asked, once with each; undefined in the list for a policy that takes none, null
 * for one whose binding gives none. Otherwise why it cannot be asked, as a sentence.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources
 */
export function collectParameters(
  { paramKind }: ValidatingAdmissionPolicySpec,
  reference: ParamRef | undefined,
  { namespace }: PolicyRequest,
  find: FindParameters,
): readonly (Fields | null | undefined)[] | { readonly fault: string } {
  if (paramKind === undefined) return [undefined];
  if (reference === undefined) return [null];
  const kind = find(paramKind.apiVersion ?? "", paramKind.kind ?? "");
  if (kind === undefined) return { fault: `No kind ${paramKind.kind} is served for parameters` };
  if (!kind.namespaced && reference.namespace)
    return { fault: `Parameters of kind ${paramKind.kind} are in no namespace, and the binding names one` };
  const from = kind.namespaced ? reference.namespace || namespace : undefined;
  if (kind.namespaced && !from) return { fault: "The binding names no namespace for its parameters" };
  const found = [...select(reference, kind, from)];
  if (found.length === 0 && reference.parameterNotFoundAction === "Deny")
    return { fault: `The binding finds no parameters of kind ${paramKind.kind}` };
  return found;
}

function* select({ name, selector }: ParamRef, kind: ParameterKind, namespace: string | undefined): Generator<Fields> {
  for (const object of kind.objects(namespace)) {
    const metadata = (object.metadata ?? {}) as { name?: string; labels?: Readonly<Record<string, string>> };
    const fits = name ? metadata.name === name : selector !== undefined && selects(selector, metadata.labels ?? {});
    if (fits) yield object;
  }
}
