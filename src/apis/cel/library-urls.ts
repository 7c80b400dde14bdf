import { parseUrl } from "../meta/urls.js";
import type { CelFunction, CelFunctions } from "./function-table.js";
import { CelEntries, CelError, CelList, CelOpaque, type CelValue } from "./values.js";

interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
}

/** As a request has it: absolute, or a path from the root. */
function readUrl(text: string): Url | undefined {
  const parts = text === "" ? undefined : parseUrl(text);
  if (parts === undefined) return undefined;
  const { scheme, host, query } = parts;
  const beforeFragment = text.split("#", 1)[0]!;
  // A fragment is a part of what stands before it here.
  const rest = beforeFragment.slice(scheme === "" ? 0 : scheme.length + 1).split("?", 1)[0]!;
  if (scheme === "" && !rest.startsWith("/")) return undefined;
  const hasAuthority = rest.startsWith("//") && scheme !== "";
  const slash = hasAuthority ? rest.indexOf("/", 2) : 0;
  const path = !rest.startsWith("/") || slash < 0 ? "" : rest.slice(slash);
  return { scheme, host: hasAuthority ? host : "", path, query };
}

const heldBy = (value: CelValue | undefined): Url | undefined =>
  value instanceof CelOpaque && value.type === "kubernetes.URL" ? (value.held as Url) : undefined;

const ofUrl =
  (ask: (url: Url) => CelValue): CelFunction =>
  ([value]) => {
    const url = heldBy(value);
    return url && ask(url);
  };

/** Without the port, and without the brackets of an IPv6 address. */
function hostname({ host }: Url): string {
  const bracketed = /^\[([^\]]*)\]/.exec(host);
  return bracketed === null ? host.replace(/:\d*$/, "") : bracketed[1]!;
}

const decodeText = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
};

/** Every value of each name; what cannot be read is left out. */
function queryOf({ query }: Url): CelValue {
  const lists = new Map<string, string[]>();
  for (const part of query.split("&")) {
    if (part === "" || part.includes(";")) continue;
    const equals = part.indexOf("=");
    const name = decodeText(equals < 0 ? part : part.slice(0, equals));
    const value = equals < 0 ? "" : decodeText(part.slice(equals + 1));
    if (name === undefined || value === undefined) continue;
    const list = lists.get(name);
    if (list === undefined) lists.set(name, [value]);
    else list.push(value);
  }
  const map = new CelEntries();
  for (const [name, list] of lists) map.add(name, new CelList(list));
  return map;
}

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-url-library */
export const URL_FUNCTIONS: CelFunctions = {
  url: ([text]) => {
    if (typeof text !== "string") return undefined;
    const url = readUrl(text);
    return url === undefined ? new CelError("the text is no URL") : new CelOpaque("kubernetes.URL", url, text);
  },
  isURL: ([text]) => (typeof text === "string" ? readUrl(text) !== undefined : undefined),
  getScheme: ofUrl(({ scheme }) => scheme),
  getHost: ofUrl(({ host }) => host),
  getHostname: ofUrl(hostname),
  getPort: ofUrl(({ host }) => /:(\d*)$/.exec(host.replace(/^\[[^\]]*\]/, ""))?.[1] ?? ""),
  getEscapedPath: ofUrl(({ path }) => path),
  getQuery: ofUrl(queryOf),
};
