import { defineRule, didYouMean, list, nearestName } from "../../src/rule-api.js";

interface Named {
  readonly name?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** A kubeconfig is no object of the API: nothing has checked its types. */
const namedIn = (value: unknown): readonly Named[] =>
  Array.isArray(value) ? value.filter((item): item is Named => item !== null && typeof item === "object") : [];
const namesIn = (value: unknown): string[] =>
  namedIn(value).flatMap(({ name }) => (typeof name === "string" ? name : []));

export default defineRule({
  id: "kubeconfig-name-missing",
  category: "references",
  since: "0.2.0",
  each: "kubeconfig",
  summary:
    "A context of a kubeconfig names a cluster and a user of it, and the current context is one of its contexts.",
  why: `kubectl looks names up when it needs them: with a context whose cluster is not there it talks to localhost:8080, and
    without the user it signs in as nobody. Several kubeconfigs may be merged; a file without any clusters, users or contexts is
    taken for a part of such a set.`,
  references: ["https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/"],

  messages: {
    missing: (d: { context: string; what: string; name: string; present: readonly string[] }) => ({
      text: `Context "${d.context}" names ${d.what} "${d.name}", which the kubeconfig does not have`,
      help: didYouMean(nearestName(d.name, d.present)) ?? `It has ${list(d.present.map((name) => `"${name}"`))}`,
    }),
    current: (d: { name: string; present: readonly string[] }) => ({
      text: `The current context is "${d.name}", which the kubeconfig does not have`,
      help: didYouMean(nearestName(d.name, d.present)) ?? `It has ${list(d.present.map((name) => `"${name}"`))}`,
    }),
  },

  check(kubeconfig, { report }) {
    const object = kubeconfig.object as Readonly<Record<string, unknown>>;
    const known = {
      cluster: namesIn(object.clusters),
      user: namesIn(object.users),
      contexts: namesIn(object.contexts),
    };
    // Keys and tokens stand beside what is reported.
    const conceal = "users";
    if (!Array.isArray(object.contexts)) return;
    for (const [i, item] of object.contexts.entries()) {
      const { name, context } = (item ?? {}) as Named;
      for (const what of ["cluster", "user"] as const) {
        const wanted = context?.[what];
        const present = known[what];
        if (typeof wanted !== "string" || wanted === "" || present.length === 0 || present.includes(wanted)) continue;
        report("missing", {
          at: `contexts[${i}].context.${what}`,
          conceal,
          data: { context: String(name ?? ""), what, name: wanted, present },
        });
      }
    }
    const current = object["current-context"];
    if (typeof current !== "string" || current === "" || known.contexts.length === 0) return;
    if (!known.contexts.includes(current))
      report("current", { at: "current-context", conceal, data: { name: current, present: known.contexts } });
  },

  examples: {
    bad: {
      "a cluster that was renamed": `
        apiVersion: v1
        kind: Config
        current-context: prod   #! current
        clusters:
          - name: production-eu
            cluster: {server: "https://eu.example.com:6443"}
        users:
          - name: admin
            user: {username: admin}
        contexts:
          - name: production
            context:
              cluster: production   #! missing
              user: admn   #! missing`,
    },
    good: {
      "all there": `
        apiVersion: v1
        kind: Config
        current-context: production
        clusters: [{name: eu, cluster: {server: "https://eu.example.com:6443"}}]
        users: [{name: admin, user: {username: admin}}]
        contexts: [{name: production, context: {cluster: eu, user: admin}}]`,
      "a part of several files": `
        apiVersion: v1
        kind: Config
        current-context: production
        contexts: []
        users: [{name: admin, user: {username: admin}}]`,
    },
  },
});
