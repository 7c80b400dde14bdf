import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";
import { remembered } from "./remembered.js";

/**
 * The forms of names. Each check answers undefined for a good value, otherwise what is wrong with it as a continuation of
 * the value ("is longer than 63 characters").
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
 */
export type NameCheck = (value: string) => string | undefined;

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LABEL_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** Labels between dots. No character fits two places, so that nothing is tried twice. */
const SUBDOMAIN = /^[a-z0-9]+(-+[a-z0-9]+)*(\.[a-z0-9]+(-+[a-z0-9]+)*)*$/;
const SUBDOMAIN_WITH_UNDERSCORE = /^[a-z0-9_]+(-+[a-z0-9_]+)*(\.[a-z0-9_]+(-+[a-z0-9_]+)*)*$/;
const QUALIFIED_PART = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const ENV_NAME = /^[-._a-zA-Z][-._a-zA-Z0-9]*$/;
const C_IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CONFIG_KEY = /^[-._a-zA-Z0-9]+$/;

const LABEL_WORDING = "is no DNS label: lower-case letters, digits and -, starting and ending with a letter or digit";
const SUBDOMAIN_WORDING =
  "is no DNS name: lower-case letters, digits, - and ., starting and ending with a letter or digit";

/** Of longer texts Node.js counts the bytes faster. */
const LONGEST_COUNTED = 100;

/** Bytes, as Go counts the length of a string. */
export const byteLength = (text: string): number => {
  if (text.length > LONGEST_COUNTED) return Buffer.byteLength(text);
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return Buffer.byteLength(text);
  return text.length;
};

export const dnsLabelFault: NameCheck = (value) =>
  value.length > 63 ? "is longer than 63 characters" : LABEL.test(value) ? undefined : LABEL_WORDING;

export const dns1035LabelFault: NameCheck = (value) => {
  if (value.length > 63) return "is longer than 63 characters";
  if (LABEL_1035.test(value)) return undefined;
  return "is no DNS label: lower-case letters, digits and -, starting with a letter, ending with a letter or digit";
};

export const dnsSubdomainFault: NameCheck = (value) => {
  if (value.length > 253) return "is longer than 253 characters";
  return SUBDOMAIN.test(value) ? undefined : SUBDOMAIN_WORDING;
};

export const dnsSubdomainWithUnderscoreFault: NameCheck = (value) => {
  if (value.length > 253) return "is longer than 253 characters";
  if (SUBDOMAIN_WITH_UNDERSCORE.test(value)) return undefined;
  return "is no DNS name: lower-case letters, digits, _, - and .";
};

/** `*.example.com`. */
export const wildcardSubdomainFault: NameCheck = (value) => {
  if (value.length > 253) return "is longer than 253 characters";
  if (value.startsWith("*.") && SUBDOMAIN.test(value.slice(2))) return undefined;
  return 'is no wildcard DNS name: "*." and a DNS name';
};

/** The part of a qualified name after the slash. */
const PART_WORDING = "letters, digits, -, _ and ., starting and ending with a letter or digit";

/** `example.com/name`, the prefix being optional: keys of labels and annotations, finalizers, resources. */
export const qualifiedNameFault: NameCheck = remembered((value) => {
  const slash = value.indexOf("/");
  const name = value.slice(slash + 1);
  if (slash >= 0) {
    const prefix = value.slice(0, slash);
    if (name.includes("/")) return "has more than one slash: a prefix, a slash and a name are allowed";
    if (prefix === "") return "has nothing before its slash";
    const fault = dnsSubdomainFault(prefix);
    if (fault !== undefined) return `has a prefix that ${fault}`;
  }
  if (name === "") return "has no name part";
  if (name.length > 63) return "has a name part longer than 63 characters";
  return QUALIFIED_PART.test(name) ? undefined : `has a name part of other characters than ${PART_WORDING}`;
});

export const labelValueFault: NameCheck = (value) => {
  if (value.length > 63) return "is longer than 63 characters, too long for a label";
  return value === "" || QUALIFIED_PART.test(value) ? undefined : `is no label's value: ${PART_WORDING}`;
};

/** Keys of ConfigMaps and Secrets, and the files made of them. */
export const configKeyFault: NameCheck = (value) => {
  if (value.length > 253) return "is longer than 253 characters";
  if (!CONFIG_KEY.test(value)) return "is no key: letters, digits, -, _ and . are allowed";
  return dotsFault(value);
};

const dotsFault: NameCheck = (value) =>
  value === "." || value === ".." || value.startsWith("..") ? 'is ".", "..", or starts with ".."' : undefined;

/** Names of environment variables before 1.30. */
export const envNameFault: NameCheck = (value) => {
  if (!ENV_NAME.test(value)) return "is no variable's name: letters, digits, -, _ and ., not starting with a digit";
  return dotsFault(value);
};

/** Names of environment variables from 1.30 on: any printable ASCII but "=". */
export const relaxedEnvNameFault: NameCheck = (value) =>
  value !== "" && /^[ -<>-~]+$/.test(value) ? undefined : 'is no variable\'s name: printable ASCII other than "="';

export const cIdentifierFault: NameCheck = (value) =>
  C_IDENTIFIER.test(value) ? undefined : "is no identifier: letters, digits and _, not starting with a digit";

/** What a name in a URL may not be. */
export const pathSegmentFault: NameCheck = (value) => {
  if (value === "." || value === "..") return "cannot be a name: it stands for a folder in URLs";
  return /[/%]/.test(value) ? 'has "/" or "%", which names may not have' : undefined;
};

/** Names of ports: https://datatracker.ietf.org/doc/html/rfc6335#section-5.1, in lower case. */
export const portNameFault: NameCheck = remembered((value) => {
  if (byteLength(value) > 15) return "is longer than 15 characters, too long for a port's name";
  if (!/^[-a-z0-9]+$/.test(value)) return "is no port's name: lower-case letters, digits and -";
  if (!/[a-z]/.test(value)) return "is no port's name: it has no letter";
  if (value.includes("--")) return "is no port's name: it has two hyphens in a row";
  return value.startsWith("-") || value.endsWith("-")
    ? "is no port's name: it starts or ends with a hyphen"
    : undefined;
});

/** Reports a value that has not the form. */
export function checkForm(fault: NameCheck, value: string, at: FieldPath, errors: FieldErrors): boolean {
  const why = fault(value);
  if (why === undefined) return true;
  errors.malformed(at, value, why);
  return false;
}
