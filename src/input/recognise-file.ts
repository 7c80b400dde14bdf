import { KUSTOMIZATION_NAMES } from "./kustomization.js";
import { baseName } from "./path-names.js";
import type { SkipReason } from "./skipped.js";

/** What something is instead of a manifest. */
export interface Recognised {
  readonly reason: SkipReason;
  readonly detail?: string;
}

/** Files told by their path alone, wherever their content looks like a manifest's or not. */
const BY_PATH: readonly (Recognised & { readonly path: RegExp })[] = [
  { path: /(^|\/)\.(github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/, reason: "workflow", detail: "GitHub Actions" },
  { path: /(^|\/)\.gitlab-ci[^/]*\.ya?ml$/, reason: "workflow", detail: "GitLab CI" },
  { path: /(^|\/)\.circleci\//, reason: "workflow", detail: "CircleCI" },
  { path: /(^|\/)\.travis\.ya?ml$/, reason: "workflow", detail: "Travis CI" },
  { path: /(^|\/)\.?appveyor\.ya?ml$/, reason: "workflow", detail: "AppVeyor" },
  { path: /(^|\/)\.drone\.ya?ml$/, reason: "workflow", detail: "Drone" },
  { path: /(^|\/)\.woodpecker(\.ya?ml$|\/)/, reason: "workflow", detail: "Woodpecker" },
  { path: /(^|\/)\.buildkite\//, reason: "workflow", detail: "Buildkite" },
  { path: /(^|\/)[^/]*azure-pipelines[^/]*\.ya?ml$/, reason: "workflow", detail: "Azure Pipelines" },
  { path: /(^|\/)bitbucket-pipelines\.ya?ml$/, reason: "workflow", detail: "Bitbucket Pipelines" },
  { path: /(^|\/)\.?kubeproof\.ya?ml$/, reason: "local-configuration", detail: "kubeproof" },
  { path: /(^|\/)\.sops\.ya?ml$/, reason: "local-configuration", detail: "SOPS" },
  { path: /(^|\/)\.pre-commit-(config|hooks)\.ya?ml$/, reason: "local-configuration", detail: "pre-commit" },
  { path: /(^|\/)(Chart|requirements)\.lock$/, reason: "helm-chart" },
  // Assertions name a part of what an object is to look like: https://kuttl.dev/docs/testing/asserts-errors.html
  { path: /(^|\/)(\d+|chainsaw)-(assert|errors?)\.ya?ml$/, reason: "not-a-manifest", detail: "assertion of a test" },
];

export function recogniseByPath(path: string): Recognised | undefined {
  return BY_PATH.find((fact) => fact.path.test(path));
}

/** Where a file stands in a Helm chart: https://helm.sh/docs/topics/charts/#the-chart-file-structure. `path` is relative to the chart. */
export function recogniseInChart(path: string): Recognised | undefined {
  if (path.startsWith("templates/")) return { reason: "helm-template" };
  if (/^(Chart\.(yaml|lock)|requirements\.(yaml|lock))$/.test(path)) return { reason: "helm-chart" };
  if (/^[^/]*values[^/]*\.(ya?ml|json)$/i.test(path) || /^ci\/[^/]*\.ya?ml$/.test(path))
    return { reason: "helm-values" };
  return undefined;
}

/** Files told by the keys of their outermost mapping, given that these make no manifest. All keys must be there. */
const BY_KEYS: readonly (Recognised & { readonly keys: readonly RegExp[] })[] = [
  { keys: [/^(on|"on"|true)$/, /^jobs$/], reason: "workflow", detail: "GitHub Actions" },
  { keys: [/^workflows$/, /^jobs$/], reason: "workflow", detail: "CircleCI" },
  {
    keys: [/^stages$/, /^(image|variables|before_script|include|default|workflow)$/],
    reason: "workflow",
    detail: "GitLab CI",
  },
  { keys: [/^(trigger|pr)$/, /^(pool|stages|jobs|steps)$/], reason: "workflow", detail: "Azure Pipelines" },
  { keys: [/^runs$/, /^description$/], reason: "workflow", detail: "GitHub action" },
  {
    keys: [/^steps$/, /^(images|timeout|substitutions|artifacts|options)$/],
    reason: "workflow",
    detail: "Cloud Build",
  },
  { keys: [/^(openapi|swagger)$/], reason: "not-a-manifest", detail: "OpenAPI document" },
  { keys: [/^asyncapi$/], reason: "not-a-manifest", detail: "AsyncAPI document" },
  { keys: [/^site_name$/], reason: "not-a-manifest", detail: "MkDocs configuration" },
  { keys: [/^dependencies$/, /^name$/, /^version$/], reason: "not-a-manifest", detail: "package description" },
  { keys: [/^lockfileVersion$/], reason: "not-a-manifest", detail: "lock file" },
  { keys: [/^compilerOptions$/], reason: "not-a-manifest", detail: "TypeScript configuration" },
  { keys: [/^\$schema$/, /^(properties|definitions|\$defs)$/], reason: "not-a-manifest", detail: "JSON schema" },
  {
    keys: [/^(panels|rows)$/, /^(schemaVersion|templating|timezone)$/],
    reason: "not-a-manifest",
    detail: "Grafana dashboard",
  },
  { keys: [/^groups$/], reason: "not-a-manifest", detail: "Prometheus rules" },
  {
    keys: [/^(global|scrape_configs)$/, /^(scrape_configs|rule_files|route|receivers)$/],
    reason: "not-a-manifest",
    detail: "Prometheus configuration",
  },
  { keys: [/^releases$/], reason: "local-configuration", detail: "helmfile" },
  {
    keys: [/^(repositories|environments|helmfiles|helmDefaults)$/, /^(releases|helmfiles|environments|bases)$/],
    reason: "local-configuration",
    detail: "helmfile",
  },
  { keys: [/^machine$/, /^cluster$/], reason: "local-configuration", detail: "Talos" },
  { keys: [/^baseDomain$/, /^metadata$/], reason: "local-configuration", detail: "OpenShift installer" },
  { keys: [/^creation_rules$/], reason: "local-configuration", detail: "SOPS" },
];

/** What a file without manifests is, by its name and outermost keys; `not-a-manifest` where nothing tells more. */
export function recogniseByKeys(path: string, keys: ReadonlySet<string>, text = ""): Recognised {
  const name = baseName(path);
  if (keys.has("services") && /^\s+["']?(image|build)["']?:/m.test(text)) return { reason: "compose" };
  if (name === "Chart.yaml" && keys.has("name") && keys.has("version")) return { reason: "helm-chart" };
  if (/^(docker-|podman-)?compose([.-].*)?\.ya?ml$/i.test(name)) return { reason: "compose" };
  if ((KUSTOMIZATION_NAMES as readonly string[]).includes(name)) return { reason: "kustomization" };
  if (/^helmfile[^/]*\.ya?ml$/.test(name)) return { reason: "local-configuration", detail: "helmfile" };
  if (/^values([-._].*)?\.(ya?ml|json)$|[-._]values\.ya?ml$/i.test(name)) return { reason: "helm-values" };
  const all = [...keys];
  const fact = BY_KEYS.find((candidate) => candidate.keys.every((key) => all.some((k) => key.test(k))));
  return fact ?? { reason: "not-a-manifest" };
}

/** A text without outermost keys: mostly a list. */
export function recogniseRootList(text: string): Recognised {
  const first = /^[ \t]*-[ \t]+["']?([\w.]+)["']?:/m.exec(text)?.[1] ?? /^\s*\[\s*\{\s*"(\w+)"/.exec(text)?.[1];
  if (first === undefined)
    return /^\s*(#.*\s*|---\s*)*$/.test(text.slice(0, 10000)) ? { reason: "empty" } : { reason: "not-a-manifest" };
  if (/^(op|path)$/.test(first) && /\bop["']?:/.test(text)) return { reason: "kustomize-patch", detail: "JSON patch" };
  if (/^(hosts|import_playbook|ansible\.builtin\.\w+)$/.test(first))
    return { reason: "not-a-manifest", detail: "Ansible playbook" };
  return { reason: "not-a-manifest", detail: "a list" };
}

/** The keys that begin the lines of the outermost mapping, over all documents of a YAML text; read without parsing. */
export function outermostKeys(text: string): Set<string> {
  const indent = /^([ \t]*)[^\s#]/m.exec(text.replace(/^(---|%).*$/gm, ""))?.[1] ?? "";
  const keys = new Set<string>();
  const line = new RegExp(
    `^${indent}(?:---[ \\t]+)?(?:"([^"\\n]*)"|'([^'\\n]*)'|([^\\s#"'{\\[\\-&!|>%@][^:\\n]*?))[ \\t]*:(?=[\\s{"'\\[]|$)`,
    "gm",
  );
  for (let match = line.exec(text); match; match = line.exec(text)) keys.add(match[1] ?? match[2] ?? match[3]!);
  return keys;
}

/** Whether outermost keys are those of a manifest, or of one that lacks its apiVersion or kind, however spelt. */
export function keysOfManifest(keys: ReadonlySet<string>): boolean {
  const lower = new Set([...keys].map((key) => key.toLowerCase().replaceAll("_", "")));
  const has = (...names: string[]): boolean => names.every((name) => lower.has(name));
  return (
    has("apiversion", "kind") ||
    has("metadata", "spec") ||
    has("kind", "metadata") ||
    has("apiversion", "spec") ||
    has("apiversion", "metadata")
  );
}
