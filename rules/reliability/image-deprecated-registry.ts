import { defineRule } from "../../src/rule-api.js";

/** Registries that are frozen or gone, and what took their place. */
const RETIRED: Readonly<Record<string, { readonly state: string; readonly use: string }>> = {
  "k8s.gcr.io": { state: "has had no new images since April 2023", use: "registry.k8s.io" },
  "docker.pkg.github.com": { state: "was replaced by GitHub's container registry", use: "ghcr.io" },
};

export default defineRule({
  id: "image-deprecated-registry",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "An image must not come from a registry that was given up.",
  why: `A frozen registry gets no fixes and may be switched off, after which no new node can pull the image.`,
  references: ["https://kubernetes.io/blog/2023/02/06/k8s-gcr-io-freeze-announcement/"],

  messages: {
    retired: (d: { image: string; registry: string; state: string; use: string }) => ({
      text: `Image "${d.image}" comes from ${d.registry}, which ${d.state}`,
      help: `Use ${d.use}`,
    }),
  },

  check({ path, spec }, { report }) {
    const image = spec.image ?? "";
    const registry = image.slice(0, Math.max(image.indexOf("/"), 0));
    if (!Object.hasOwn(RETIRED, registry)) return;
    const at = `${path}.image`;
    const retired = RETIRED[registry]!;
    report("retired", {
      at,
      data: { image, registry, ...retired },
      fix:
        registry === "k8s.gcr.io"
          ? {
              description: `Take it from ${retired.use}`,
              safe: false,
              edits: [{ at, value: retired.use + image.slice(registry.length) }],
            }
          : undefined,
    });
  },

  examples: {
    bad: {
      "the former registry of the Kubernetes project": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: pause
              image: k8s.gcr.io/pause:3.9   #! retired
            - name: shop
              image: docker.pkg.github.com/shop/shop/app:1.4   #! retired`,
    },
    good: {
      "their successors": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: pause, image: "registry.k8s.io/pause:3.9"}
            - {name: shop, image: "ghcr.io/shop/app:1.4"}`,
    },
  },
});
