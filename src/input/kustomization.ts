import type { ExternalObject } from "./manifest.js";
import { isMapping, listOf, type Mapping, mappingsOf, textOf, textsOf } from "./plain-values.js";
import type { SkipReason } from "./skipped.js";

/** https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/: the three names kustomize looks for. */
export const KUSTOMIZATION_NAMES = ["kustomization.yaml", "kustomization.yml", "Kustomization"] as const;

/** Whether a document is what `kustomize build` reads. In a file of that name apiVersion and kind may be missing; Flux has a kind of the same name. */
export function isKustomization(value: Mapping, fileName: string): boolean {
  const { apiVersion, kind } = value;
  if (typeof apiVersion === "string" && !/^kustomize\.config\.k8s\.io\//.test(apiVersion)) return false;
  if (kind === "Kustomization" || kind === "Component") return apiVersion !== undefined || isNamed(fileName);
  return kind === undefined && isNamed(fileName);
}

const isNamed = (fileName: string): boolean => (KUSTOMIZATION_NAMES as readonly string[]).includes(fileName);

/** What a kustomization takes a file for. */
export interface FileRole {
  readonly reason: SkipReason;
  readonly detail: string;
}

/** What a kustomization says of other files and objects; paths are as written, relative to its folder. */
export interface KustomizationFacts {
  readonly resources: readonly string[];
  /** What is built on like resources, and patches these. */
  readonly components: readonly string[];
  /** The patches that stand in the kustomization itself. */
  readonly inlinePatches: readonly string[];
  /** The images that get another name, tag or digest, without tags. */
  readonly images: readonly string[];
  /** Whether labels are added to selectors too. */
  readonly addsSelectors: boolean;
  /** The first role of a path counts. */
  readonly roles: readonly { readonly path: string; readonly role: FileRole }[];
  readonly generated: readonly GeneratedObject[];
}

/** A ConfigMap or Secret made by a generator. */
export interface GeneratedObject {
  readonly object: ExternalObject;
  /** Files of `KEY=value` lines whose keys the object has too. */
  readonly envFiles: readonly string[];
}

/** The fields that name files, and what the files are. */
const FILE_FIELDS: readonly { field: string; nested?: string; reason: SkipReason; detail: string }[] = [
  { field: "patches", nested: "path", reason: "kustomize-patch", detail: "named under patches" },
  { field: "patchesStrategicMerge", reason: "kustomize-patch", detail: "named under patchesStrategicMerge" },
  { field: "patchesJson6902", nested: "path", reason: "kustomize-patch", detail: "named under patchesJson6902" },
  { field: "replacements", nested: "path", reason: "kustomize-data", detail: "named under replacements" },
  { field: "configurations", reason: "kustomize-data", detail: "named under configurations" },
  { field: "transformers", reason: "kustomize-data", detail: "named under transformers" },
  { field: "generators", reason: "kustomize-data", detail: "named under generators" },
  { field: "validators", reason: "kustomize-data", detail: "named under validators" },
  { field: "helmCharts", nested: "valuesFile", reason: "helm-values", detail: "named under helmCharts" },
  { field: "helmCharts", nested: "additionalValuesFiles", reason: "helm-values", detail: "named under helmCharts" },
  { field: "helmChartInflationGenerator", nested: "values", reason: "helm-values", detail: "named under helmCharts" },
];

/** Reads the decoded content of a kustomization. */
export function readKustomization(value: Mapping): KustomizationFacts {
  const roles: { path: string; role: FileRole }[] = [];
  const inlinePatches: string[] = [];
  for (const { field, nested, reason, detail } of FILE_FIELDS)
    for (const entry of listOf(value[field])) {
      const named = nested === undefined || !isMapping(entry) ? entry : entry[nested];
      // A text of several lines is the content itself.
      for (const path of typeof named === "string" ? [named] : textsOf(named))
        if (path !== "" && !path.includes("\n")) roles.push({ path, role: { reason, detail } });
        else if (reason === "kustomize-patch") inlinePatches.push(path);
    }
  for (const { patch } of [...mappingsOf(value.patches), ...mappingsOf(value.patchesJson6902)])
    if (typeof patch === "string") inlinePatches.push(patch);
  const generated: GeneratedObject[] = [];
  for (const [field, kind] of [
    ["configMapGenerator", "ConfigMap"],
    ["secretGenerator", "Secret"],
  ] as const)
    for (const generator of mappingsOf(value[field])) {
      const name = textOf(generator.name);
      if (name === undefined) continue;
      const files = textsOf(generator.files);
      for (const file of files)
        roles.push({
          path: file.slice(file.indexOf("=") + 1),
          role: { reason: "kustomize-data", detail: `read by a ${field}` },
        });
      const keys = new Set(textsOf(generator.literals).map((literal) => literal.split("=", 1)[0]!));
      for (const file of files)
        keys.add(file.includes("=") ? file.split("=", 1)[0]! : file.slice(file.lastIndexOf("/") + 1));
      // `namespace` of the kustomization moves the objects and what refers to them together.
      const namespace = value.namespace === undefined ? textOf(generator.namespace) : undefined;
      const env = textOf(generator.env);
      generated.push({
        object: { kind, name, keys: [...keys], ...(namespace !== undefined && { namespace }) },
        envFiles: [...textsOf(generator.envs), ...(env === undefined ? [] : [env])],
      });
    }
  return {
    resources: [
      ...textsOf(value.resources),
      ...textsOf(value.bases),
      ...textsOf(value.components),
      ...textsOf(value.crds),
    ],
    components: textsOf(value.components),
    inlinePatches,
    images: mappingsOf(value.images).flatMap(({ name, newName, newTag, digest }) =>
      typeof name === "string" && [newName, newTag, digest].some((given) => given !== undefined) ? [name] : [],
    ),
    addsSelectors:
      isMapping(value.commonLabels) ||
      mappingsOf(value.labels).some(({ includeSelectors }) => includeSelectors === true),
    roles,
    generated,
  };
}

/** The keys of an env file: `KEY=value` lines, `#` comments; a key alone takes its value from the environment. */
export function keysOfEnvFile(text: string): string[] {
  const keys: string[] = [];
  for (const line of text.replace(/^\uFEFF/, "").split("\n")) {
    const trimmed = line.trimStart().replace(/\r$/, "");
    if (trimmed !== "" && !trimmed.startsWith("#")) keys.push(trimmed.split("=", 1)[0]!);
  }
  return keys;
}

/** One entry an object: overlays add keys to what their base generates; a part with unknown keys makes them all unknown. */
export function mergeExternals(externals: readonly ExternalObject[]): ExternalObject[] {
  const merged = new Map<string, ExternalObject>();
  for (const external of externals) {
    const id = JSON.stringify([external.kind, external.namespace, external.name]);
    const earlier = merged.get(id);
    if (!earlier) merged.set(id, external);
    else {
      const { keys: _, ...rest } = external;
      const known = earlier.keys && external.keys;
      merged.set(id, known ? { ...rest, keys: [...new Set([...earlier.keys, ...external.keys])] } : rest);
    }
  }
  return [...merged.values()];
}
