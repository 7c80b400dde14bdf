import type { KeyObject } from "node:crypto";
import { cryptography } from "../meta/cryptography.js";
import { BIT_STRING, type DerValue, INTEGER, OBJECT_ID, readValues, SEQUENCE, SET } from "./der.js";

/** What is read of a certificate request: https://datatracker.ietf.org/doc/html/rfc2986 */
export interface Pkcs10Request {
  /** O of the subject. */
  readonly organizations: readonly string[];
  readonly signed: Buffer;
  readonly publicKey: Buffer;
  readonly algorithm: DerValue;
  readonly signature: Buffer;
}

/** Headers are passed over; more than a few would only cost time. */
const PEM_BLOCK =
  /(?:^|\n)-----BEGIN ([^\n]*?)-----[ \t]*\r?\n(?:[^\n:]+:[^\n]*\n){0,20}([^-]*)-----END ([^\n]*?)-----[ \t]*\r?(?=\n|$)/g;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const LABEL = "CERTIFICATE REQUEST";
const UNREADABLE = "holds no certificate request that can be read";

/** Signatures by the object identifier of their algorithm, in hexadecimal. Those not listed are not trusted or not known. */
const SIGNATURES: Readonly<Record<string, { readonly hash: string | undefined; readonly key: string }>> = {
  "2a864886f70d010105": { hash: "sha1", key: "rsa" },
  "2a864886f70d01010b": { hash: "sha256", key: "rsa" },
  "2a864886f70d01010c": { hash: "sha384", key: "rsa" },
  "2a864886f70d01010d": { hash: "sha512", key: "rsa" },
  "2a8648ce3d0401": { hash: "sha1", key: "ec" },
  "2a8648ce3d040302": { hash: "sha256", key: "ec" },
  "2a8648ce3d040303": { hash: "sha384", key: "ec" },
  "2a8648ce3d040304": { hash: "sha512", key: "ec" },
  "2b6570": { hash: undefined, key: "ed25519" },
};
const RSA_PSS = "2a864886f70d01010a";
/** The hashes that RSA-PSS may name in its parameters. */
const PSS_HASHES: readonly (readonly [id: string, hash: string])[] = [
  ["608648016503040201", "sha256"],
  ["608648016503040202", "sha384"],
  ["608648016503040203", "sha512"],
];
const ORGANIZATION = "55040a";
const FEWEST_RSA_BITS = 1024;

/** The request in the first block of a PEM text, or what is wrong with it. */
export function parseRequest(pem: string): Pkcs10Request | string {
  const der = firstBlock(pem);
  if (der === undefined) return `does not start with a PEM block ${LABEL}`;
  const outer = readValues(der);
  const [request] = outer ?? [];
  if (outer?.length !== 1 || request?.tag !== SEQUENCE) return UNREADABLE;
  const [info, algorithm, signature] = readValues(request.content) ?? [];
  if (info?.tag !== SEQUENCE || algorithm?.tag !== SEQUENCE || signature?.tag !== BIT_STRING) return UNREADABLE;
  // The first byte counts the bits that are not used.
  if (signature.content[0] !== 0) return UNREADABLE;
  const [version, subject, publicKey] = readValues(info.content) ?? [];
  if (version?.tag !== INTEGER || subject?.tag !== SEQUENCE || publicKey?.tag !== SEQUENCE) return UNREADABLE;
  const organizations = organizationsOf(subject);
  if (organizations === undefined) return UNREADABLE;
  return {
    organizations,
    signed: info.whole,
    publicKey: publicKey.whole,
    algorithm,
    signature: signature.content.subarray(1),
  };
}

/** The bytes of the first block that is one; undefined where it has another label. */
function firstBlock(pem: string): Buffer | undefined {
  for (const [, begin, body = "", end] of pem.matchAll(PEM_BLOCK)) {
    const base64 = body.replace(/[ \t\r\n]/g, "");
    if (begin !== end || !BASE64.test(base64)) continue;
    return begin === LABEL ? Buffer.from(base64, "base64") : undefined;
  }
  return undefined;
}

function organizationsOf(subject: DerValue): string[] | undefined {
  const organizations: string[] = [];
  for (const set of readValues(subject.content) ?? [undefined]) {
    if (set?.tag !== SET) return undefined;
    for (const pair of readValues(set.content) ?? [undefined]) {
      if (pair?.tag !== SEQUENCE) return undefined;
      const [type, value] = readValues(pair.content) ?? [];
      if (type?.tag !== OBJECT_ID || value === undefined) return undefined;
      if (type.content.toString("hex") === ORGANIZATION) organizations.push(value.content.toString("utf8"));
    }
  }
  return organizations;
}

/** Why a request's signature is not that of its key; undefined where it is. */
export function signatureFault({ algorithm, publicKey, signed, signature }: Pkcs10Request): string | undefined {
  const [id, parameters] = readValues(algorithm.content) ?? [];
  const name = id?.tag === OBJECT_ID ? id.content.toString("hex") : "";
  const isPss = name === RSA_PSS;
  const scheme = isPss ? pssScheme(parameters) : SIGNATURES[name];
  if (scheme === undefined) return "is signed with an algorithm that is not taken";
  try {
    const key = cryptography().createPublicKey({ key: publicKey, format: "der", type: "spki" });
    if (key.asymmetricKeyType !== scheme.key || isTooShort(key))
      return "is signed with another kind of key than it holds";
    const padding = isPss ? { padding: cryptography().constants.RSA_PKCS1_PSS_PADDING } : {};
    return cryptography().verify(scheme.hash, signed, { key, ...padding }, signature)
      ? undefined
      : "is not signed with its own key";
  } catch {
    return "has a public key that cannot be read";
  }
}

const isTooShort = (key: KeyObject): boolean =>
  key.asymmetricKeyType === "rsa" && (key.asymmetricKeyDetails?.modulusLength ?? 0) < FEWEST_RSA_BITS;

function pssScheme(parameters: DerValue | undefined): { hash: string; key: string } | undefined {
  const text = parameters?.content.toString("hex") ?? "";
  const known = PSS_HASHES.find(([id]) => text.includes(id));
  return known && { hash: known[1], key: "rsa" };
}
