import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, configKeyFault, dnsSubdomainFault } from "../meta/names.js";
import type { ConfigMap } from "../types/core.v1.generated.js";

const OBJECT = FieldPath.of("");
const DATA = FieldPath.of("data");
const BINARY_DATA = FieldPath.of("binaryData");
const MOST_BYTES = 1024 * 1024;

/** https://kubernetes.io/docs/concepts/configuration/configmap/ */
export const CONFIG_MAP: KindRules<ConfigMap> = {
  nameForm: dnsSubdomainFault,
  validate({ data = {}, binaryData = {} }, errors) {
    let size = 0;
    for (const key in data) {
      checkForm(configKeyFault, key, DATA.key(key), errors);
      if (Object.hasOwn(binaryData, key)) errors.invalid(DATA.key(key), key, "is a key of binaryData, too");
      size += byteLength(data[key]!);
    }
    for (const key in binaryData) {
      checkForm(configKeyFault, key, BINARY_DATA.key(key), errors);
      size += decodedLength(binaryData[key]!);
    }
    if (size > MOST_BYTES) errors.tooLong(OBJECT, MOST_BYTES);
  },
};

/** How many bytes base64 stands for. */
export const decodedLength = (base64: string): number => {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
};
