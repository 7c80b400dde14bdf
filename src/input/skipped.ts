import type { Span } from "../source/span.js";

/** Why something was left alone. */
export const SKIP_REASONS = {
  "helm-values": "Helm values",
  "helm-template": "Helm template",
  "helm-chart": "Helm chart metadata",
  "go-template": "Go template",
  "jinja-template": "Jinja template",
  "ytt-template": "ytt template",
  "placeholder-template": "template with placeholders outside quotes",
  compose: "Compose file",
  workflow: "CI workflow",
  kustomization: "kustomization",
  "kustomize-patch": "kustomize patch",
  "kustomize-data": "read by a kustomize generator or transformer",
  sops: "encrypted with SOPS",
  "local-configuration": "configuration of a local tool",
  "not-a-manifest": "no apiVersion and kind",
  fragment: "fragment of a manifest, checked as YAML only",
  empty: "empty",
  ignored: "ignored by .gitignore",
  excluded: "excluded by the configuration",
  outside: "a link that leads out of the given folder",
  "not-text": "not text",
  "too-large": "too large",
  unreadable: "cannot be read",
} as const;
export type SkipReason = keyof typeof SKIP_REASONS;

/** A file, or one document of it, that was not linted as a manifest. */
export interface Skipped {
  readonly path: string;
  /** The document within the file; absent when the whole file was left alone. */
  readonly document?: { readonly index: number; readonly span: Span };
  readonly reason: SkipReason;
  /** More, where the reason alone does not tell: `kind KubeletConfiguration`, the operating system's error. */
  readonly detail?: string;
}
