import { defineRule, isImagePlaceholder, isPlaceholder, parseImage } from "../../src/rule-api.js";

export default defineRule({
  id: "image-pull-policy",
  category: "reliability",
  since: "0.1.0",
  preset: "strict",
  each: "container",
  summary: "An image whose tag moves must not be taken from a node's cache.",
  why: `With IfNotPresent or Never a node goes on using the image it once pulled, so Pods of one workload run whatever
    their node happens to have. A tag that never moves, or a digest, makes the cache harmless.`,
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy"],

  messages: {
    stale: (d: { container: string; image: string; policy: string }) => ({
      text: `${d.container} runs image "${d.image}" with imagePullPolicy ${d.policy}, so each node runs the version it once pulled`,
      help: "Pin a tag or a digest, or leave imagePullPolicy out",
    }),
  },

  check({ path, spec, ref }, { report }) {
    const { image, imagePullPolicy: policy } = spec;
    if (!image || (policy !== "IfNotPresent" && policy !== "Never")) return;
    if (isPlaceholder(image) || isImagePlaceholder(image)) return;
    const parsed = parseImage(image);
    if ("mistake" in parsed || parsed.digest !== undefined || (parsed.tag ?? "latest") !== "latest") return;
    report("stale", { at: `${path}.imagePullPolicy`, data: { container: ref, image, policy } });
  },

  examples: {
    bad: {
      "latest, as of some day": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: shop
              image: shop/shop
              imagePullPolicy: IfNotPresent   #! stale`,
    },
    good: {
      "a fixed tag may be cached, and latest is pulled by default": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: a, image: "shop:1.4", imagePullPolicy: IfNotPresent}
            - {name: b, image: "shop:latest"}`,
    },
  },
});
