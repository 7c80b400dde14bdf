import { isDeepStrictEqual } from "node:util";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";

/** Specifications by name, of objects that the server makes and nobody changes. */
export type MandatorySpecs = ReadonlyMap<string, object>;

const group = (name: string) => ({ kind: "Group", group: { name } });
const EVERYTHING = {
  resourceRules: [{ verbs: ["*"], apiGroups: ["*"], resources: ["*"], clusterScope: true, namespaces: ["*"] }],
  nonResourceRules: [{ verbs: ["*"], nonResourceURLs: ["*"] }],
};

/** https://kubernetes.io/docs/concepts/cluster-administration/flow-control/#mandatory-configuration-objects */
export const MANDATORY_FLOW_SCHEMAS: MandatorySpecs = new Map([
  [
    "exempt",
    {
      priorityLevelConfiguration: { name: "exempt" },
      matchingPrecedence: 1,
      rules: [{ subjects: [group("system:masters")], ...EVERYTHING }],
    },
  ],
  [
    "catch-all",
    {
      priorityLevelConfiguration: { name: "catch-all" },
      matchingPrecedence: 10_000,
      distinguisherMethod: { type: "ByUser" },
      rules: [{ subjects: [group("system:unauthenticated"), group("system:authenticated")], ...EVERYTHING }],
    },
  ],
]);

const SPEC = FieldPath.of("spec");

export function checkMandatorySpec(name: string, spec: object, known: MandatorySpecs, errors: FieldErrors): void {
  const wanted = known.get(name);
  if (wanted !== undefined && !isDeepStrictEqual(spec, wanted))
    errors.invalid(SPEC, undefined, `is not what the server gives to "${name}", and cannot be changed`);
}
