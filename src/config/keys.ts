/** What a configuration can hold: one table that the check, the JSON schema and the documentation are made from. */

/** What a value may be. */
export type Shape =
  | {
      readonly is:
        | "kubernetesVersion"
        | "preset"
        | "glob"
        | "external"
        | "rules"
        | "groupKind"
        | "fieldPath"
        | "boolean";
    }
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
  references: {
    summary: "References of kinds that kubeproof does not know: which field names an object of which kind.",
    takes: "a list of mappings with from, path and to",
    example: "references: [{ from: example.com/Database, path: spec.passwordSecret, name: name, to: Secret }]",
    shape: {
      is: "list",
      of: {
        is: "mapping",
        keys: {
          from: {
            summary: "The kind that has the field, as group/Kind; a kind of Kubernetes by its name alone.",
            takes: "a kind",
            example: "from: example.com/Database",
            shape: { is: "groupKind" },
            required: true,
            alsoCalled: ["source", "kind"],
          },
          path: {
            summary: "The field that names the object, or the one around the name and what belongs to it.",
            takes: "a path of fields",
            example: "path: spec.users[*].passwordSecret",
            shape: { is: "fieldPath" },
            required: true,
            alsoCalled: ["field", "at"],
          },
          name: {
            summary: "The field of the name below path; absent: what stands at path is the name.",
            takes: "a path of fields",
            example: "name: secretName",
            shape: { is: "fieldPath" },
          },
          to: {
            summary: "The kind that is named.",
            takes: "a kind",
            example: "to: Secret",
            shape: { is: "groupKind" },
            required: true,
            alsoCalled: ["target"],
          },
          namespace: {
            summary: "The field of the namespace below path; absent: the object's own.",
            takes: "a path of fields",
            example: "namespace: namespace",
            shape: { is: "fieldPath" },
          },
          key: {
            summary: "The field below path that names a key of the ConfigMap or Secret.",
            takes: "a path of fields",
            example: "key: key",
            shape: { is: "fieldPath" },
          },
          optional: {
            summary: "Whether the object may be absent.",
            takes: "true or false",
            example: "optional: true",
            shape: { is: "boolean" },
          },
        },
      },
    },
    alsoCalled: ["reference", "refs"],
  },
};

/** Keys that are planned; they get a word of their own instead of "unknown". */
export const PLANNED_KEYS: Readonly<Record<string, string>> = {
  policies: "ValidatingAdmissionPolicies and rules in CEL are not evaluated by this version",
};
