/**
 * Whether two objects may be in one namespace. A manifest without `metadata.namespace` goes wherever `kubectl -n` says,
 * so it can be together with any.
 */
export const mayShareNamespace = (a: string, b: string): boolean => a === b || a === "" || b === "";

/** `namespace "prod"`, or `the namespace it is applied to` where the manifest names none. */
export const describeNamespace = (namespace: string): string =>
  namespace ? `namespace "${namespace}"` : "the namespace it is applied to";
