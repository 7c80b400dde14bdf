/**
 * What every cluster has without anybody's manifest: the objects that the control plane itself makes. Sources:
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces,
 * https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings,
 * https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#how-to-use-priority-and-preemption.
 */
export function isWellKnown(
  group: string,
  kind: string,
  namespace: string | undefined,
  name: string,
  _minor: number,
): boolean {
  const table = WELL_KNOWN[`${group}/${kind}`];
  return (
    table?.some(
      (entry) =>
        (entry.namespace === undefined || !namespace || entry.namespace === namespace) && entry.name.test(name),
    ) ?? false
  );
}

const WELL_KNOWN: Readonly<Record<string, readonly { readonly name: RegExp; readonly namespace?: string }[]>> = {
  "/Namespace": [{ name: /^(default|kube-system|kube-public|kube-node-lease)$/ }],
  "/ServiceAccount": [{ name: /^default$/ }],
  "/ConfigMap": [{ name: /^kube-root-ca\.crt$/ }],
  "/Service": [
    { name: /^kubernetes$/, namespace: "default" },
    { name: /^kube-dns$/, namespace: "kube-system" },
  ],
  "scheduling.k8s.io/PriorityClass": [{ name: /^system-(cluster|node)-critical$/ }],
  "rbac.authorization.k8s.io/ClusterRole": [{ name: /^(cluster-admin|admin|edit|view)$/ }, { name: /^system:/ }],
  "rbac.authorization.k8s.io/Role": [
    { name: /^system:/, namespace: "kube-system" },
    { name: /^extension-apiserver-authentication-reader$/, namespace: "kube-system" },
  ],
};
