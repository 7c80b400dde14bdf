import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { keyPairFault } from "../meta/key-pairs.js";
import { checkForm, configKeyFault, dnsSubdomainFault } from "../meta/names.js";
import type { Secret } from "../types/core.v1.generated.js";
import { decodedLength } from "./config-map.js";

const DATA = FieldPath.of("data");
const MOST_BYTES = 1024 * 1024;
const ACCOUNT_NAME = "kubernetes.io/service-account.name";

/** Keys that a type asks for: https://kubernetes.io/docs/concepts/configuration/secret/#secret-types */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/dockercfg": [".dockercfg"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
};
/** Types whose key has to hold more than no bytes. */
const NOT_EMPTY = new Set(["kubernetes.io/ssh-auth"]);
const JSON_TYPES = new Set(["kubernetes.io/dockercfg", "kubernetes.io/dockerconfigjson"]);

export const SECRET: KindRules<Secret> = {
  defaults(secret) {
    if (secret.stringData !== undefined) storeAsData(secret, secret.stringData);
    secret.type ??= "Opaque";
  },
  nameForm: dnsSubdomainFault,
  validate(secret, errors) {
    const { data = {} } = secret;
    let size = 0;
    for (const key in data) {
      checkForm(configKeyFault, key, DATA.key(key), errors);
      size += decodedLength(data[key]!);
    }
    if (size > MOST_BYTES) errors.tooLong(DATA, MOST_BYTES);
    validateType(secret, data, errors);
  },
  warnings({ type, data }, warn) {
    if (type !== "kubernetes.io/tls") return;
    const fault = keyPairFault(bytes(data?.["tls.crt"]), bytes(data?.["tls.key"]));
    if (fault !== undefined) warn(fault);
  },
};

/** What is written as stringData is stored as data. */
function storeAsData(secret: Secret, texts: Readonly<Record<string, string>>): void {
  for (const key in texts) {
    secret.data ??= {};
    secret.data[key] = Buffer.from(texts[key]!).toString("base64");
  }
  delete secret.stringData;
}

const bytes = (base64 = ""): string => Buffer.from(base64, "base64").toString("latin1");

function validateType(secret: Secret, data: Readonly<Record<string, string>>, errors: FieldErrors): void {
  const type = secret.type ?? "";
  if (type === "kubernetes.io/service-account-token" && !secret.metadata.annotations?.[ACCOUNT_NAME])
    errors.required(FieldPath.of("metadata", "annotations").key(ACCOUNT_NAME), "the token is a ServiceAccount's");
  if (type === "kubernetes.io/basic-auth" && !("username" in data) && !("password" in data))
    for (const key of ["username", "password"]) errors.required(DATA.key(key), "one of the two is needed");
  for (const key of Object.hasOwn(KEYS, type) ? KEYS[type]! : []) {
    const value = Object.hasOwn(data, key) ? data[key] : undefined;
    if (value === undefined || (value === "" && NOT_EMPTY.has(type)))
      errors.required(DATA.key(key), `a Secret of type ${type} has this key`);
    else if (JSON_TYPES.has(type) && !isJsonObject(Buffer.from(value, "base64").toString()))
      errors.invalid(DATA.key(key), undefined, "is no JSON object");
  }
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && !Array.isArray(value);
  } catch {
    return false;
  }
}
