/**
 * The parts of a URL as the API server reads it: it takes much that other programs refuse, and the reverse. Undefined
 * for what it does not read at all.
 */
export interface UrlParts {
  /** In lower case; empty where there is none. */
  readonly scheme: string;
  /** With the port. */
  readonly host: string;
  readonly hasUser: boolean;
  readonly query: string;
  readonly fragment: string;
}

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;
/** Escapes that a host may have: of bytes above ASCII, and of the percent sign. */
const HOST_ESCAPES = /%(?:25|[89A-Fa-f][0-9A-Fa-f])/g;
const HOST_CHARACTERS = /^[A-Za-z0-9!$&'()*+,;=:[\]<>"\-_.~\u0080-\u{10ffff}]*$/u;
const USER_CHARACTERS = /^[A-Za-z0-9\-._:~!$&'()*+,;=%@]*$/;

/** Characters below the space, and DEL. */
const hasControl = (text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 0x20 || text.charCodeAt(i) === 0x7f) return true;
  return false;
};

export function parseUrl(text: string): UrlParts | undefined {
  const [beforeFragment, fragment] = cut(text, "#");
  if (hasControl(beforeFragment) || BAD_ESCAPE.test(fragment) || text.startsWith(":")) return undefined;
  const scheme = (SCHEME.exec(beforeFragment)?.[1] ?? "").toLowerCase();
  const [hierarchy, query] = cut(beforeFragment.slice(scheme === "" ? 0 : scheme.length + 1), "?");
  const parts = { scheme, query, fragment, host: "", hasUser: false };
  if (!hierarchy.startsWith("/")) {
    if (scheme !== "") return parts;
    if (cut(hierarchy, "/")[0].includes(":")) return undefined;
  }
  if (!hierarchy.startsWith("//") || (scheme === "" && hierarchy.startsWith("///")))
    return BAD_ESCAPE.test(hierarchy) ? undefined : parts;
  const slash = hierarchy.indexOf("/", 2);
  const authority = slash < 0 ? hierarchy.slice(2) : hierarchy.slice(2, slash);
  if (slash >= 0 && BAD_ESCAPE.test(hierarchy.slice(slash))) return undefined;
  const at = authority.lastIndexOf("@");
  const [user, host] = [authority.slice(0, Math.max(0, at)), authority.slice(at + 1)];
  if (!isHost(host) || !USER_CHARACTERS.test(user) || BAD_ESCAPE.test(user)) return undefined;
  return { ...parts, host, hasUser: at >= 0 };
}

/** A name or address, and a port that may be empty. */
function isHost(host: string): boolean {
  const end = host.startsWith("[") ? host.lastIndexOf("]") + 1 : Math.max(host.lastIndexOf(":"), 0);
  if (host.startsWith("[") && end === 0) return false;
  if (host.startsWith("[") ? !/^(:\d*)?$/.test(host.slice(end)) : host.includes(":") && !/^:\d*$/.test(host.slice(end)))
    return false;
  return HOST_CHARACTERS.test(host.replace(HOST_ESCAPES, ""));
}

function cut(text: string, separator: string): [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
