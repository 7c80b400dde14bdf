import type { CelType } from "./types.js";

export interface Signature {
  /** Called on its first argument. */
  readonly member: boolean;
  readonly args: readonly CelType[];
  readonly result: CelType;
}

/** `.name` is called on its first type; the last type is what comes out. One capital stands for any type. */
const STANDARD = `
! bool bool; negate int int; negate double double; && bool bool bool; || bool bool bool; ?: bool T T T;
== T T bool; != T T bool; in T list(T) bool; in K map(K,V) bool;
+ int int int; + uint uint uint; + double double double; + string string string; + bytes bytes bytes; + list(T) list(T) list(T);
+ timestamp duration timestamp; + duration timestamp timestamp; + duration duration duration;
- int int int; - uint uint uint; - double double double; - timestamp duration timestamp; - timestamp timestamp duration; - duration duration duration;
* int int int; * uint uint uint; * double double double; / int int int; / uint uint uint; / double double double; % int int int; % uint uint uint;
size string int; size bytes int; size list(T) int; size map(K,V) int; .size string int; .size bytes int; .size list(T) int; .size map(K,V) int;
type T type; dyn T dyn;
bool string bool; bool bool bool; bytes string bytes; bytes bytes bytes; double int double; double uint double; double string double; double double double;
int int int; int uint int; int double int; int string int; int timestamp int; int duration int; uint uint uint; uint int uint; uint double uint; uint string uint;
string string string; string bool string; string int string; string uint string; string double string; string bytes string; string timestamp string; string duration string;
duration string duration; duration duration duration; duration int duration; timestamp string timestamp; timestamp timestamp timestamp; timestamp int timestamp;
.contains string string bool; .startsWith string string bool; .endsWith string string bool; .matches string string bool; matches string string bool;
.getFullYear timestamp int; .getFullYear timestamp string int; .getMonth timestamp int; .getMonth timestamp string int;
.getDayOfYear timestamp int; .getDayOfYear timestamp string int; .getDayOfMonth timestamp int; .getDayOfMonth timestamp string int;
.getDate timestamp int; .getDate timestamp string int; .getDayOfWeek timestamp int; .getDayOfWeek timestamp string int;
.getHours timestamp int; .getHours timestamp string int; .getHours duration int; .getMinutes timestamp int; .getMinutes timestamp string int; .getMinutes duration int;
.getSeconds timestamp int; .getSeconds timestamp string int; .getSeconds duration int;
.getMilliseconds timestamp int; .getMilliseconds timestamp string int; .getMilliseconds duration int;
`;

const STRINGS = `
.charAt string int string; .indexOf string string int; .indexOf string string int int; .lastIndexOf string string int; .lastIndexOf string string int int;
.join list(string) string; .join list(string) string string; .lowerAscii string string; .upperAscii string string;
.replace string string string string; .replace string string string int string; .split string string list(string); .split string string int list(string);
.substring string int string; .substring string int int string; .trim string string; .format string list(dyn) string; strings.quote string string;
`;

const OPTIONALS = `
optional.of T optional(T); optional.none optional(T); optional.ofNonZeroValue T optional(T);
.hasValue optional(T) bool; .value optional(T) T; .or optional(T) optional(T) optional(T); .orValue optional(T) T T;
`;

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-libraries */
const KUBERNETES = `
.isSorted list(T) bool; .sum list(int) int; .sum list(uint) uint; .sum list(double) double; .sum list(duration) duration;
.min list(T) T; .max list(T) T; .indexOf list(T) T int; .lastIndexOf list(T) T int;
.find string string string; .findAll string string list(string); .findAll string string int list(string);
url string url; isURL string bool; .getScheme url string; .getHost url string; .getHostname url string; .getPort url string; .getEscapedPath url string; .getQuery url map(string,list(string));
ip string ip; isIP string bool; ip.isCanonical string bool; .family ip int; .isUnspecified ip bool; .isLoopback ip bool; .isLinkLocalMulticast ip bool; .isLinkLocalUnicast ip bool; .isGlobalUnicast ip bool; string ip string;
cidr string cidr; isCIDR string bool; .containsIP cidr string bool; .containsIP cidr ip bool; .containsCIDR cidr string bool; .containsCIDR cidr cidr bool; .ip cidr ip; .masked cidr cidr; .prefixLength cidr int; string cidr string;
quantity string quantity; isQuantity string bool; .sign quantity int; sign quantity int; .isInteger quantity bool; .asInteger quantity int; .asApproximateFloat quantity double;
.isGreaterThan quantity quantity bool; .isLessThan quantity quantity bool; .compareTo quantity quantity int;
.add quantity quantity quantity; .add quantity int quantity; .sub quantity quantity quantity; .sub quantity int quantity;
semver string semver; semver string bool semver; isSemver string bool; isSemver string bool bool; .major semver int; .minor semver int; .patch semver int; .compareTo semver semver int; .isLessThan semver semver bool; .isGreaterThan semver semver bool;
format.named string optional(format); .validate format string optional(list(string));
format.dns1123Label format; format.dns1123Subdomain format; format.dns1035Label format; format.qualifiedName format; format.dns1123LabelPrefix format; format.dns1123SubdomainPrefix format; format.dns1035LabelPrefix format; format.labelValue format; format.uri format; format.uuid format; format.byte format; format.date format; format.datetime format;
sets.contains list(T) list(T) bool; sets.equivalent list(T) list(T) bool; sets.intersects list(T) list(T) bool;
.path authorizer string pathCheck; .group authorizer string groupCheck; .serviceAccount authorizer string string authorizer;
.resource groupCheck string resourceCheck; .subresource resourceCheck string resourceCheck; .namespace resourceCheck string resourceCheck; .name resourceCheck string resourceCheck;
.fieldSelector resourceCheck string resourceCheck; .labelSelector resourceCheck string resourceCheck;
.check pathCheck string decision; .check resourceCheck string decision; .allowed decision bool; .reason decision string; .error decision string; .errored decision bool;
`;

const NUMBERS = ["int", "uint", "double"];
const ORDERED = ["bool", "string", "bytes", "timestamp", "duration"];

let known: Map<string, Signature[]> | undefined;

/** The functions of a name; undefined where there is none. */
export function signaturesOf(name: string): readonly Signature[] | undefined {
  known ??= readAll();
  return known.get(name);
}

function readAll(): Map<string, Signature[]> {
  const all = new Map<string, Signature[]>();
  const add = (name: string, signature: Signature): void => {
    const list = all.get(name);
    if (list === undefined) all.set(name, [signature]);
    else list.push(signature);
  };
  for (const text of [STANDARD, STRINGS, OPTIONALS, KUBERNETES].join("").split(";")) {
    const [name, ...types] = text.trim().split(" ");
    if (!name) continue;
    const parsed = types.map(readType);
    add(name.replace(/^\./, ""), { member: name.startsWith("."), args: parsed.slice(0, -1), result: parsed.at(-1)! });
  }
  const bool = readType("bool");
  for (const operator of ["<", "<=", ">", ">="]) {
    for (const a of NUMBERS)
      for (const b of NUMBERS) add(operator, { member: false, args: [readType(a), readType(b)], result: bool });
    for (const type of ORDERED) add(operator, { member: false, args: [readType(type), readType(type)], result: bool });
  }
  return all;
}

function readType(text: string): CelType {
  const open = text.indexOf("(");
  if (open < 0) return { name: text };
  const parts: string[] = [];
  let depth = 0;
  for (const piece of text.slice(open + 1, -1).split(",")) {
    if (depth > 0) parts.push(`${parts.pop()},${piece}`);
    else parts.push(piece);
    depth += piece.split("(").length - piece.split(")").length;
  }
  return { name: text.slice(0, open), of: parts.map(readType) };
}
