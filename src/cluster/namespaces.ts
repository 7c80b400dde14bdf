/**
 * Whether two objects may be in one namespace. A manifest without `metadata.namespace` goes wherever `kubectl -n` says,
 * so it can be together with any; so can one whose namespace a template fills in.
 */
export const mayShareNamespace = (a: string, b: string): boolean => a === b || isOpenNamespace(a) || isOpenNamespace(b);

/** Whether a namespace is not given, or given by a placeholder: no namespace has other than these characters. */
export const isOpenNamespace = (namespace: string): boolean => !/^[a-z0-9-]+$/.test(namespace);

/** `namespace "prod"`, or `the namespace it is applied to` where the manifest names none. */
export const describeNamespace = (namespace: string): string =>
  namespace ? `namespace "${namespace}"` : "the namespace it is applied to";
