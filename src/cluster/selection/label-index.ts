import { isPlaceholder } from "../../schema/placeholder.js";
import { isOpenNamespace } from "../namespaces.js";
import type { PodTemplate } from "../pods/pod-template.js";

/** The Pod templates by label and namespace, so that a selector looks only at those that share a pair with it. */
export class LabelIndex {
  /** By `key=value` and namespace; `""` holds those that may be in any. */
  readonly #pods = new Map<string, Map<string, PodTemplate[]>>();
  readonly #values = new Map<string, Set<string>>();
  /** Those with a placeholder among their labels: any selector may match them. */
  readonly podsWithPlaceholders: readonly PodTemplate[];

  constructor(pods: readonly PodTemplate[]) {
    const unsure = new Set<PodTemplate>();
    for (const pod of pods) {
      const namespace = isOpenNamespace(pod.namespace) ? "" : pod.namespace;
      for (const [key, value] of Object.entries(pod.labels)) {
        if (isPlaceholder(key) || isPlaceholder(value)) {
          unsure.add(pod);
          continue;
        }
        const values = this.#values.get(key);
        if (values) values.add(value);
        else this.#values.set(key, new Set([value]));
        const pair = `${key}=${value}`;
        const byNamespace = this.#pods.get(pair) ?? new Map<string, PodTemplate[]>();
        this.#pods.set(pair, byNamespace);
        const list = byNamespace.get(namespace);
        if (list) list.push(pod);
        else byNamespace.set(namespace, [pod]);
      }
    }
    this.podsWithPlaceholders = [...unsure];
  }

  /** The templates with a label that may be in a namespace; with none given, all with the label. */
  podsWith(key: string, value: string, namespace: string): readonly PodTemplate[] {
    const byNamespace = this.#pods.get(`${key}=${value}`);
    if (!byNamespace) return [];
    if (isOpenNamespace(namespace))
      return byNamespace.size === 1 ? [...byNamespace.values()][0]! : [...byNamespace.values()].flat();
    const own = byNamespace.get(namespace) ?? [];
    const open = byNamespace.get("") ?? [];
    return open.length === 0 ? own : own.length === 0 ? open : [...own, ...open];
  }

  /** The values that a label has anywhere. */
  valuesOf(key: string): ReadonlySet<string> {
    return this.#values.get(key) ?? NONE;
  }
}

const NONE: ReadonlySet<string> = new Set();
