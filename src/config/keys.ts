/** What a configuration can hold: one table that the check, the JSON schema and the documentation are made from. */

/** What a value may be. */
export type Shape =
  | { readonly is: "kubernetesVersion" | "preset" | "glob" | "external" | "rules" }
  /** `orOne`: a single item may stand for a list of one. */
  | { readonly is: "list"; readonly of: Shape; readonly orOne?: boolean; readonly atLeastOne?: boolean }
  | { readonly is: "mapping"; readonly keys: Keys };

/** One key of the configuration. */
export interface Key {
  /** One sentence, for the documentation and for editors. */
  readonly summary: string;
  /** Continues `Key "x" takes …`. */
  readonly takes: string;
  readonly example: string;
  readonly shape: Shape;
  readonly required?: boolean;
  /** What other tools call it. */
  readonly alsoCalled?: readonly string[];
}
export type Keys = Readonly<Record<string, Key>>;

const GLOBS: Shape = { is: "list", of: { is: "glob" }, orOne: true };

const RULES: Key = {
  summary: "Rules by id: off, note, warning, error, or on for the rule's own severity; in a list with options.",
  takes: "a mapping of rule ids to severities",
  example: "rules: { image-tag-latest: error }",
  shape: { is: "rules" },
  alsoCalled: ["checks", "ruleset"],
};

/** The top level of `kubeproof.yaml`. */
export const CONFIG_KEYS: Keys = {
  kubernetesVersion: {
    summary: "The Kubernetes version of the cluster that the manifests are for.",
    takes: "a version of Kubernetes",
    example: 'kubernetesVersion: "1.34"',
    shape: { is: "kubernetesVersion" },
    alsoCalled: ["kubernetes-version", "kubernetes_version", "k8sVersion", "version", "targetVersion"],
  },
  extends: {
    summary:
      "The presets to start from: minimal, recommended (also when the key is absent), strict; an empty list: none.",
    takes: "a preset or a list of presets",
    example: "extends: [recommended]",
    shape: { is: "list", of: { is: "preset" }, orOne: true },
    alsoCalled: ["preset", "presets"],
  },
  exclude: {
    summary: "Files and folders that are not read.",
    takes: "a list of globs",
    example: 'exclude: ["**/charts/*/templates/**"]',
    shape: GLOBS,
    alsoCalled: ["ignore", "ignores", "skip", "excludes", "ignorePatterns"],
  },
  rules: RULES,
  externals: {
    summary:
      "Objects that exist in the cluster but are not among the manifests: Kind/name or Kind/namespace/name, * for any text.",
    takes: "a list of objects",
    example: 'externals: ["Secret/*-tls"]',
    shape: { is: "list", of: { is: "external" }, orOne: true },
    alsoCalled: ["external", "ignoreMissing"],
  },
  overrides: {
    summary: "Settings of rules for some of the files; later ones win.",
    takes: "a list of mappings with files and rules",
    example: 'overrides: [{ files: ["overlays/dev/**"], rules: { min-replicas: off } }]',
    shape: {
      is: "list",
      of: {
        is: "mapping",
        keys: {
          files: {
            summary: "The files meant.",
            takes: "a list of globs",
            example: 'files: ["overlays/dev/**"]',
            shape: { ...GLOBS, atLeastOne: true },
            required: true,
            alsoCalled: ["paths", "include"],
          },
          rules: { ...RULES, summary: "As under rules, for these files.", required: true },
        },
      },
    },
    alsoCalled: ["override"],
  },
  crds: {
    summary:
      "Files with CustomResourceDefinitions that are read for the types they define; nothing is reported in them.",
    takes: "a list of globs",
    example: 'crds: ["crds/**/*.yaml"]',
    shape: GLOBS,
    alsoCalled: ["crd", "schemas", "customResourceDefinitions"],
  },
};

/** Keys that are planned; they get a word of their own instead of "unknown". */
export const PLANNED_KEYS: Readonly<Record<string, string>> = {
  policies: "ValidatingAdmissionPolicies and rules in CEL are not evaluated by this version",
};
