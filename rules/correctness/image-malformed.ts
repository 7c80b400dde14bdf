import { defineRule, isImagePlaceholder, isPlaceholder, parseImage } from "../../src/rule-api.js";

export default defineRule({
  id: "image-malformed",
  category: "correctness",
  since: "0.1.0",
  each: "container",
  summary: "An image must be a reference that a container runtime can read.",
  why: `The API server takes nearly any text for an image, but the kubelet cannot pull what is no reference: the Pod stays
    in InvalidImageName. Repository names are in lower case, tags hold no plus sign, and there is no scheme in front.`,
  references: [
    "https://kubernetes.io/docs/concepts/containers/images/#image-names",
    "https://pkg.go.dev/github.com/distribution/reference",
  ],

  messages: {
    malformed: (d: { container: string; image: string; mistake: string; remedy: string | undefined }) => ({
      text: `${d.container} runs image "${d.image}", which ${d.mistake}; no runtime can pull it`,
      help: d.remedy,
    }),
  },

  check({ path, spec, ref }, { report }) {
    const { image } = spec;
    if (!image || isPlaceholder(image) || isImagePlaceholder(image)) return;
    const parsed = parseImage(image);
    if (!("mistake" in parsed)) return;
    const { mistake, remedy } = parsed;
    report("malformed", { at: `${path}.image`, data: { container: ref, image, mistake, remedy } });
  },

  examples: {
    bad: {
      "a scheme, capitals, a plus sign, a blank": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - name: a
              image: https://registry.example.com/shop:1.4   #! malformed
            - name: b
              image: registry.example.com/Shop:1.4   #! malformed
            - name: c
              image: shop:1.4+build7   #! malformed
            - name: d
              image: "shop: 1.4"   #! malformed
            - name: e
              image: "shop:"   #! malformed`,
    },
    good: {
      "references, and what a later step fills in": `
        apiVersion: v1
        kind: Pod
        metadata: {name: shop}
        spec:
          containers:
            - {name: a, image: "registry.example.com:5000/team/shop:1.4"}
            - {name: b, image: "shop@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}
            - {name: c, image: "shop:\${TAG}"}
            - {name: d, image: IMAGE}
            - {name: e, image: "ko://example.com/shop/cmd/Server"}`,
    },
  },
});
