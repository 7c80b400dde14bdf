import type { FileSystem } from "../input/index.js";

/** The names a configuration goes by. */
export const CONFIG_NAMES = ["kubeproof.yaml", ".kubeproof.yaml", "kubeproof.yml", ".kubeproof.yml"] as const;

/** What looking for a configuration gave. */
export type FoundConfig =
  | { readonly state: "found"; readonly path: string }
  | { readonly state: "none" }
  /** `message` names the files that contend and the remedy. */
  | { readonly state: "ambiguous"; readonly message: string };

/** Looks for a configuration in `from` (an absolute path, `/` between folders) and the folders above it. */
export function findConfig(fs: FileSystem, from: string): FoundConfig {
  let folder = from.replace(/\/+$/, "");
  for (;;) {
    const present = CONFIG_NAMES.filter((name) => fs.stat(`${folder}/${name}`)?.type === "file");
    if (present.length > 1)
      return {
        state: "ambiguous",
        message: `Both ${present.join(" and ")} are in ${folder || "/"}; keep one, or name one with --config`,
      };
    if (present[0] !== undefined) return { state: "found", path: `${folder}/${present[0]}` };
    const slash = folder.lastIndexOf("/");
    if (slash < 0) return { state: "none" };
    folder = folder.slice(0, slash);
  }
}
