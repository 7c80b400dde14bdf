import type { FieldPath } from "../meta/field-path.js";
import type { Volume, VolumeProjection } from "../types/core.v1.generated.js";

type Warn = (text: string) => void;

/** Files of a volume that hide each other: the same path, or one the folder of another. */
export function warnAboutOverlaps(volumes: readonly Volume[], at: FieldPath, warn: Warn): void {
  volumes.forEach((volume, i) => {
    const { configMap, secret, downwardAPI, projected } = volume;
    for (const source of [configMap, secret, downwardAPI])
      warnAboutPaths(source?.items?.map(({ path }) => path) ?? [], at.index(i), warn);
    if (!projected) return;
    for (const source of projected.sources ?? [])
      if (Object.keys(source).length === 0) warn(`${at.index(i).child("projected")} has an item without a source`);
    warnAboutPaths((projected.sources ?? []).flatMap(pathsOf), at.index(i), warn);
  });
}

function pathsOf({
  configMap,
  secret,
  downwardAPI,
  serviceAccountToken,
  clusterTrustBundle,
}: VolumeProjection): string[] {
  const items = configMap?.items ?? secret?.items ?? downwardAPI?.items ?? [];
  if (items.length > 0) return items.map(({ path }) => path);
  const single = serviceAccountToken ?? clusterTrustBundle;
  return single === undefined ? [] : [single.path];
}

function warnAboutPaths(paths: readonly string[], at: FieldPath, warn: Warn): void {
  const known: string[] = [];
  for (const given of paths) {
    const path = given.replace(/\/+$/, "");
    for (const other of known)
      if (path === other || path.startsWith(`${other}/`) || other.startsWith(`${path}/`))
        warn(`${at} has files whose paths overlap: "${path}" and "${other}"`);
    known.push(path);
  }
}
