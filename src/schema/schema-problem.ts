/** What decoding an object against the API's types found. `path` is an API field path within the object. */
export type SchemaProblem =
  /** No served version of any known group has the kind; `nearest` is a known kind in the same group, or any. */
  | {
      readonly code: "unknown-kind";
      readonly path: "kind" | "apiVersion";
      readonly apiVersion: string;
      readonly kind: string;
      readonly nearest?: { readonly apiVersion: string; readonly kind: string };
    }
  /** Served once; `removedIn` is the minor that dropped it, `replacement` the apiVersion to use at the target, if any. */
  | {
      readonly code: "removed-version";
      readonly path: "apiVersion";
      readonly apiVersion: string;
      readonly kind: string;
      readonly removedIn: number;
      readonly replacement?: string;
    }
  /** Served at the target and announced to go, or superseded. `removedIn` is absent where no removal is known. */
  | {
      readonly code: "deprecated-version";
      readonly path: "apiVersion";
      readonly apiVersion: string;
      readonly kind: string;
      readonly deprecatedIn: number;
      readonly removedIn?: number;
      readonly replacement?: string;
    }
  /** Served from `servedFrom` on, which is after the target. */
  | {
      readonly code: "version-not-served-yet";
      readonly path: "apiVersion";
      readonly apiVersion: string;
      readonly kind: string;
      readonly servedFrom: number;
      readonly replacement?: string;
    }
  /** `path` ends in the field. `nearest`: a field of the same type that is alike. `belongsTo`: the path where a field of this name exists, close by. `parentType`: for instance `PodSpec`. */
  | {
      readonly code: "unknown-field";
      readonly path: string;
      readonly field: string;
      readonly parentType: string;
      readonly nearest?: string;
      readonly belongsTo?: string;
    }
  | {
      readonly code: "field-not-served-yet";
      readonly path: string;
      readonly field: string;
      readonly servedFrom: number;
    }
  | { readonly code: "field-removed"; readonly path: string; readonly field: string; readonly removedIn: number }
  /** `expected` in words of the manifest's author: `a string`, `an integer`, `a list of Container`; `found`: `the number 3`, `a mapping`. */
  | {
      readonly code: "wrong-type";
      readonly path: string;
      readonly expected: string;
      readonly found: string;
      readonly remedy?: string;
    }
  /** A list item or map value that is null. Built-in types read it as the zero value; custom ones may refuse it. */
  | { readonly code: "null-value"; readonly path: string; readonly expected: string; readonly refused: boolean }
  /** `path` is the missing field. `empty`: it is there, with its zero value (`""`, `[]`, `0`), which is the same to the server. */
  | {
      readonly code: "missing-field";
      readonly path: string;
      readonly field: string;
      readonly parentType: string;
      readonly empty: boolean;
      /** Where only one value makes sense: the apiVersion of a built-in kind. */
      readonly meant?: string;
    }
  /** An enum's other value; `allowed` in the API's order. */
  | {
      readonly code: "unsupported-value";
      readonly path: string;
      readonly value: string;
      readonly allowed: readonly string[];
      readonly nearest?: string;
    }
  /** A string in a format that its type prescribes: quantity, int-or-string, byte (base64), date-time ... */
  | {
      readonly code: "bad-format";
      readonly path: string;
      readonly format: string;
      readonly value: string;
      readonly remedy?: string;
    }
  /** Two items of a list-type map share their keys, or of a set their value. `firstPath` is the earlier one, `keys` what they share: `name=web`. Where not `refused`, the server takes both. */
  | {
      readonly code: "duplicate-item";
      readonly path: string;
      readonly firstPath: string;
      readonly keys: string;
      readonly refused: boolean;
    }
  /** A bound that a custom type's schema sets: `expected` is `at least 1`, `at most 63 characters`, `text that matches ^a`. */
  | { readonly code: "constraint"; readonly path: string; readonly expected: string; readonly found: string };

/** Whether the API server refuses the object for it; else it only warns, or says nothing. */
export function isRefusal(problem: SchemaProblem): boolean {
  if (problem.code === "null-value" || problem.code === "duplicate-item") return problem.refused;
  return problem.code !== "deprecated-version";
}

export type SchemaProblemCode = SchemaProblem["code"];
