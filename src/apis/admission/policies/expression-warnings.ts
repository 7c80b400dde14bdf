import { TypeTable } from "../../../schema/type-table.js";
import { policyScopes, typeOfVariable } from "../../admissionregistration/expressions.js";
import { typeOfSchema } from "../../apiextensions/schema-types.js";
import { checkExpression, type Scope } from "../../cel/check.js";
import { type CelType, DYN } from "../../cel/types.js";
import { typeOfDefinition } from "../../cel/types-of-definitions.js";
import { FieldPath } from "../../meta/field-path.js";
import { kindIndexOf } from "../../served-kinds.js";
import type { CustomKind } from "../../surroundings.js";
import type {
  ExpressionWarning,
  NamedRuleWithOperations,
  ValidatingAdmissionPolicy,
  ValidatingAdmissionPolicySpec,
} from "../../types/admissionregistration.v1.generated.js";

const VALIDATIONS = FieldPath.of("spec", "validations");
/** Of one rule. */
const MOST_KINDS = 10;

/** `example.com/v1 Widget` -> a kind that a definition has made. */
export type CustomKinds = ReadonlyMap<string, CustomKind>;

interface CheckedKind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly type: CelType;
}

/**
 * What the controller writes into a policy's status: expressions that do not fit the types of the kinds that its rules
 * name. Rules with wildcards are passed over.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#type-checking
 */
export function expressionWarnings(
  { spec }: ValidatingAdmissionPolicy,
  minor: number,
  customKinds: CustomKinds,
): ExpressionWarning[] {
  const kinds = new KindTypes(minor, customKinds);
  const scopes = kinds.matchedBy(spec.matchConstraints?.resourceRules ?? []).map((kind) => ({
    kind,
    scope: scopeOf(spec, kind.type, kinds),
  }));
  const warnings: ExpressionWarning[] = [];
  const check = (expression: string | undefined, at: FieldPath): void => {
    if (!expression) return;
    const faults = scopes.flatMap(({ kind, scope }) => {
      const { fault } = checkExpression(expression, scope);
      return fault === undefined ? [] : [`${kind.apiVersion}, Kind=${kind.kind}: the expression ${fault}`];
    });
    if (faults.length > 0) warnings.push({ fieldRef: at.toString(), warning: faults.join("\n") });
  };
  (spec.validations ?? []).forEach(({ expression, messageExpression }, i) => {
    check(expression, VALIDATIONS.index(i).child("expression"));
    check(messageExpression, VALIDATIONS.index(i).child("messageExpression"));
  });
  return warnings;
}

/** Variables that are wrong themselves are of any type, and not told of. */
function scopeOf(spec: ValidatingAdmissionPolicySpec, object: CelType, kinds: KindTypes): Scope {
  const { validating, variables } = policyScopes(spec);
  const scope = new Map(validating).set("object", object).set("oldObject", object);
  const { paramKind } = spec;
  if (paramKind !== undefined) scope.set("params", kinds.find(paramKind.apiVersion ?? "", paramKind.kind ?? "") ?? DYN);
  for (const { name, expression } of spec.variables ?? []) {
    const checked = checkExpression(expression, scope);
    variables.set(name, checked.fault === undefined ? typeOfVariable(checked.type) : DYN);
  }
  return scope;
}

class KindTypes {
  readonly #table: TypeTable;

  constructor(
    private readonly minor: number,
    private readonly customKinds: CustomKinds,
  ) {
    this.#table = new TypeTable(minor);
  }

  find(apiVersion: string, kind: string): CelType | undefined {
    const entry = kindIndexOf(this.minor).find(apiVersion, kind);
    if (entry !== undefined) return typeOfDefinition(this.#table.definition(entry.definition));
    const custom = this.customKinds.get(`${apiVersion} ${kind}`);
    return custom && this.#typeOfCustom(custom);
  }

  #typeOfCustom({ schema }: CustomKind): CelType {
    const type = schema && typeOfSchema(schema, true, FieldPath.of("object"));
    if (type?.fields === undefined) return DYN;
    const metadata = typeOfDefinition(this.#table.definition("meta.v1.ObjectMeta"));
    return { ...type, fields: new Map(type.fields).set("metadata", metadata) };
  }

  matchedBy(rules: readonly NamedRuleWithOperations[]): CheckedKind[] {
    const found = new Map<string, CheckedKind>();
    for (const { apiGroups = [], apiVersions = [], resources = [] } of rules) {
      if ([...apiGroups, ...apiVersions].some((name) => name.includes("*"))) continue;
      const plain = resources.filter((name) => !/[*/]/.test(name));
      let count = 0;
      for (const group of [...apiGroups].sort())
        for (const version of [...apiVersions].sort())
          for (const resource of [...plain].sort()) {
            const checked = this.#served(group === "" ? version : `${group}/${version}`, resource);
            if (checked === undefined || count === MOST_KINDS) continue;
            found.set(`${checked.apiVersion} ${checked.kind}`, checked);
            count++;
          }
    }
    return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kind]) => kind);
  }

  #served(apiVersion: string, resource: string): CheckedKind | undefined {
    for (const entry of kindIndexOf(this.minor).served.values())
      if (entry.apiVersion === apiVersion && entry.plural === resource)
        return { apiVersion, kind: entry.kind, type: typeOfDefinition(this.#table.definition(entry.definition)) };
    for (const [key, custom] of this.customKinds) {
      const [version = "", kind = ""] = key.split(" ");
      if (version === apiVersion && custom.plural === resource)
        return { apiVersion, kind, type: this.#typeOfCustom(custom) };
    }
    return undefined;
  }
}
