import { defineRule, isImagePlaceholder, isPlaceholder, parseImage } from "../../src/rule-api.js";

export default defineRule({
  id: "image-tag-latest",
  category: "reliability",
  since: "0.1.0",
  each: "container",
  summary: "An image must be pinned to a version, by a tag other than `latest` or by a digest.",
  why: `\`latest\`, which is also what no tag means, is another image whenever somebody pushes one. Pods that are started at
    different times then run different versions, and going back to an earlier revision changes nothing.`,
  references: ["https://kubernetes.io/docs/concepts/containers/images/#image-names"],

  messages: {
    missing: (d: { image: string }) => ({
      text: `Image "${d.image}" has no tag, so a restarted Pod may run another version`,
      help: "Pin a tag or a digest",
    }),
    latest: (d: { image: string }) => ({
      text: `Image "${d.image}" has the tag latest, so a restarted Pod may run another version`,
      help: "Pin a tag or a digest",
    }),
  },

  check({ path, spec, pod }, { report }) {
    const { image } = spec;
    if (!image || isPlaceholder(image) || isImagePlaceholder(image)) return;
    const parsed = parseImage(image);
    if ("mistake" in parsed || parsed.digest !== undefined) return;
    // https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
    const name = parsed.tag === undefined ? image : image.slice(0, -parsed.tag.length - 1);
    if (pod.owner.manifest.replacedImages?.includes(name)) return;
    const at = `${path}.image`;
    if (parsed.tag === undefined) report("missing", { at, data: { image } });
    else if (parsed.tag === "latest") report("latest", { at, data: { image } });
  },

  examples: {
    bad: {
      "no tag, and latest": `
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              initContainers:
                - name: wait
                  image: localhost:5000/wait   #! missing
              containers:
                - name: shop
                  image: registry.example.com/shop:latest   #! latest`,
    },
    good: {
      "a tag, a digest, a placeholder": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: a, image: "shop:1.4"}
            - {name: b, image: "shop@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            - {name: c, image: "\${IMAGE}"}`,
    },
  },
});
