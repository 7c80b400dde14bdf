import { hasFormat } from "../apiextensions/string-formats.js";
import {
  dns1035LabelFault,
  dnsLabelFault,
  dnsSubdomainFault,
  labelValueFault,
  qualifiedNameFault,
} from "../meta/names.js";
import type { CelFunctions } from "./function-table.js";
import { CelList, CelOpaque, CelOptional, type CelValue, NONE } from "./values.js";

type Check = (text: string) => string | undefined;

/** Of names made by generateName: one hyphen may stand at the end. */
const asPrefix =
  (check: Check): Check =>
  (text) =>
    check(text.replace(/-$/, "a"));
const ofFormat =
  (format: string): Check =>
  (text) =>
    hasFormat(format, text) ? undefined : `is not of format ${format}`;

/** https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-format-library */
const FORMATS: Readonly<Record<string, Check>> = {
  dns1123Label: dnsLabelFault,
  dns1123Subdomain: dnsSubdomainFault,
  dns1035Label: dns1035LabelFault,
  qualifiedName: qualifiedNameFault,
  dns1123LabelPrefix: asPrefix(dnsLabelFault),
  dns1123SubdomainPrefix: asPrefix(dnsSubdomainFault),
  dns1035LabelPrefix: asPrefix(dns1035LabelFault),
  labelValue: labelValueFault,
  uri: ofFormat("uri"),
  uuid: ofFormat("uuid"),
  byte: ofFormat("byte"),
  date: ofFormat("date"),
  datetime: ofFormat("datetime"),
};

const formatOf = (name: string): CelValue => new CelOpaque("kubernetes.NamedFormat", FORMATS[name], name);

export const FORMAT_FUNCTIONS: CelFunctions = {
  "format.named": ([name]) => {
    if (typeof name !== "string") return undefined;
    return Object.hasOwn(FORMATS, name) ? new CelOptional(formatOf(name)) : NONE;
  },
  validate: ([format, text]) => {
    if (!(format instanceof CelOpaque) || format.type !== "kubernetes.NamedFormat") return undefined;
    if (typeof text !== "string") return undefined;
    const fault = (format.held as Check)(text);
    return fault === undefined ? NONE : new CelOptional(new CelList([fault]));
  },
  ...Object.fromEntries(Object.keys(FORMATS).map((name) => [`format.${name}`, () => formatOf(name)])),
};
