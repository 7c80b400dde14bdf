import { defineRule, list } from "../../src/rule-api.js";

const HANDLERS = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"] as const;

export default defineRule({
  id: "probe-handler",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "A probe or lifecycle hook must have exactly one handler.",
  why: `The handler says what is done: exec, httpGet, tcpSocket, grpc (probes) or sleep (hooks). The API server refuses
    none, which is often one indented too little, and more than one.`,
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/",
    "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/#hook-handler-implementations",
  ],

  messages: {
    none: (d: { container: string; what: string; choices: string[] }) => ({
      text: `${d.container} has a ${d.what} that does nothing; the API server refuses it`,
      help: `Give it one of ${list(d.choices, 5)}`,
    }),
    several: (d: { container: string; what: string; handlers: string[] }) => ({
      text: `${d.container} has a ${d.what} with ${list(d.handlers, 5)}; the API server takes only one of them`,
    }),
  },

  check({ path, spec, ref, type }, { report }) {
    // Of an init container that ends, init-container-probe objects to the whole probe.
    if (type === "initContainer") return;
    const check = (what: string, at: string, value: object | undefined, choices: readonly string[]): void => {
      if (value === undefined) return;
      const handlers = HANDLERS.filter((name) => (value as Readonly<Record<string, unknown>>)[name] !== undefined);
      if (handlers.length === 0) report("none", { at, data: { container: ref, what, choices: [...choices] } });
      else if (handlers.length > 1)
        report("several", { at: `${at}.${handlers[1]}`, on: "key", data: { container: ref, what, handlers } });
    };
    const ofProbes = HANDLERS.slice(0, 4);
    for (const probe of ["livenessProbe", "readinessProbe", "startupProbe"] as const)
      check(probe, `${path}.${probe}`, spec[probe], ofProbes);
    const ofHooks = ["exec", "httpGet", "sleep"];
    for (const hook of ["postStart", "preStop"] as const)
      check(`${hook} hook`, `${path}.lifecycle.${hook}`, spec.lifecycle?.[hook], ofHooks);
  },

  examples: {
    bad: {
      "a handler missing, and one too many": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              livenessProbe:            #! none
                initialDelaySeconds: 5
              readinessProbe:
                httpGet: {path: /ready, port: 8080}
                tcpSocket: {port: 8080}   #! several
              lifecycle:
                preStop: {}   #! none`,
    },
    good: {
      "one each": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop:1.4
              livenessProbe: {grpc: {port: 9000}}
              readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 5}
              lifecycle: {preStop: {sleep: {seconds: 5}}}`,
    },
  },
});
