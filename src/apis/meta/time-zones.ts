/** Words within names of places that are written small. */
const SMALL_WORDS = new Set(["au", "es", "of"]);

/**
 * Whether a text names a time zone of the IANA database in the spelling that the server's copy of it has.
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones
 */
export function isTimeZone(name: string): boolean {
  let known = remembered.get(name);
  if (known === undefined) {
    known = isKnownZone(name);
    if (remembered.size < MOST_REMEMBERED) remembered.set(name, known);
  }
  return known;
}

/** Asking `Intl` costs a tenth of a millisecond. */
const remembered = new Map<string, boolean>();
const MOST_REMEMBERED = 1000;

function isKnownZone(name: string): boolean {
  if (!/^[A-Z][A-Za-z0-9_+/-]*$/.test(name) || !hasUsualCase(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** `Intl` does not look at case; names of places begin with capitals, and go on in small letters. */
function hasUsualCase(name: string): boolean {
  const words = name.split(/[/_-]/);
  if (words.some((word) => /^[a-z]/.test(word) && !SMALL_WORDS.has(word))) return false;
  return !name.includes("/") || words.every((word) => !/^[A-Z]{4,}$/.test(word));
}
