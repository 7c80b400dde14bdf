/** The minors whose types `schemas/` holds: 1.25 to 1.35, as the second number alone. */
export const OLDEST_MINOR = 25;
export const NEWEST_MINOR = 35;
/** What is assumed where neither the configuration nor the command line names a version. */
export const DEFAULT_MINOR = 34;

/** `1.34`, `v1.34` and `1.34.2` are 34; undefined for anything else or a version that is not known. */
export function parseMinor(text: string): number | undefined {
  const match = /^v?1\.(\d+)(\.\d+)?([-+].*)?$/.exec(text.trim());
  const minor = match ? Number(match[1]) : Number.NaN;
  return minor >= OLDEST_MINOR && minor <= NEWEST_MINOR ? minor : undefined;
}

export const formatMinor = (minor: number): string => `1.${minor}`;
