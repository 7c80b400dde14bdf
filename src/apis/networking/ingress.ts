import type { KindRules } from "../kind-rules.js";
import { parseIp } from "../meta/addresses.js";
import { hostFault } from "../meta/domain-names.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault, dnsSubdomainFault, pathSegmentFault, portNameFault } from "../meta/names.js";
import { checkPortNumber } from "../meta/values.js";
import type { TypedLocalObjectReference } from "../types/core.v1.generated.js";
import type {
  HTTPIngressPath,
  Ingress,
  IngressBackend,
  IngressRule,
  IngressServiceBackend,
  IngressTLS,
} from "../types/networking.v1.generated.js";

const SPEC = FieldPath.of("spec");
const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];
/** What paths that are compared part by part may not have. */
const REFUSED_IN_PATHS = ["//", "/./", "/../", "%2f", "%2F"];
const REFUSED_AT_ENDS = ["/..", "/."];

/** https://kubernetes.io/docs/concepts/services-networking/ingress/ */
export const INGRESS: KindRules<Ingress> = {
  nameForm: dnsSubdomainFault,
  validate({ metadata, spec }, errors) {
    const { defaultBackend, rules = [], tls = [], ingressClassName } = spec;
    if (rules.length === 0 && defaultBackend === undefined)
      errors.invalid(SPEC, undefined, "has neither defaultBackend nor rules");
    if (defaultBackend !== undefined) validateBackend(defaultBackend, SPEC.child("defaultBackend"), errors);
    rules.forEach((rule, i) => void validateRule(rule, SPEC.child("rules").index(i), errors));
    tls.forEach((item, i) => void validateTls(item, SPEC.child("tls").index(i), errors));
    if (ingressClassName !== undefined)
      checkForm(dnsSubdomainFault, ingressClassName, SPEC.child("ingressClassName"), errors);
    const annotated = metadata.annotations?.[CLASS_ANNOTATION];
    if (annotated !== undefined && ingressClassName !== undefined && annotated !== ingressClassName)
      errors.invalid(
        FieldPath.of("annotations", CLASS_ANNOTATION),
        annotated,
        `names another class than ingressClassName, "${ingressClassName}"`,
      );
  },
  warnings({ metadata }, warn) {
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined)
      warn(`Annotation ${CLASS_ANNOTATION} is deprecated; spec.ingressClassName takes its place`);
  },
};

function validateRule({ host, http }: IngressRule, at: FieldPath, errors: FieldErrors): void {
  if (host) {
    const hostAt = at.child("host");
    if (parseIp(host) !== undefined) errors.invalid(hostAt, host, "is an IP address; a rule is for a DNS name");
    checkForm(hostFault, host, hostAt, errors);
  }
  if (http === undefined) return;
  const paths = http.paths ?? [];
  const pathsAt = at.child("http").child("paths");
  if (paths.length === 0) errors.required(pathsAt);
  paths.forEach((path, i) => void validatePath(path, pathsAt.index(i), errors));
}

function validatePath({ path = "", pathType, backend }: HTTPIngressPath, at: FieldPath, errors: FieldErrors): void {
  const pathAt = at.child("path");
  if (pathType === undefined) {
    errors.required(at.child("pathType"), "it says how the path is compared");
    return;
  }
  if (!PATH_TYPES.includes(pathType)) errors.notSupported(at.child("pathType"), pathType, PATH_TYPES);
  else if (pathType !== "ImplementationSpecific" || path !== "") {
    if (!path.startsWith("/")) errors.invalid(pathAt, path, "does not start with a slash");
    if (pathType !== "ImplementationSpecific") {
      for (const text of REFUSED_IN_PATHS) if (path.includes(text)) errors.invalid(pathAt, path, `has "${text}"`);
      for (const text of REFUSED_AT_ENDS) if (path.endsWith(text)) errors.invalid(pathAt, path, `ends with "${text}"`);
    }
  }
  validateBackend(backend, at.child("backend"), errors);
}

function validateBackend({ resource, service }: IngressBackend, at: FieldPath, errors: FieldErrors): void {
  if (resource !== undefined && service !== undefined) errors.invalid(at, undefined, "has both resource and service");
  else if (resource !== undefined) validateResource(resource, at.child("resource"), errors);
  else if (service !== undefined) validateService(service, at, errors);
  else errors.invalid(at, undefined, "has neither resource nor service");
}

/** A missing port is reported at the backend as a whole. */
function validateService({ name, port }: IngressServiceBackend, at: FieldPath, errors: FieldErrors): void {
  const serviceAt = at.child("service");
  if (name === "") errors.required(serviceAt.child("name"));
  else checkForm(dns1035LabelFault, name, serviceAt.child("name"), errors);
  const portAt = serviceAt.child("port");
  if (port.name && port.number) errors.invalid(at, undefined, "has both a name and a number of a port");
  else if (port.name) checkForm(portNameFault, port.name, portAt.child("name"), errors);
  else if (port.number) checkPortNumber(port.number, portAt.child("number"), errors);
  else errors.required(at, "a Service is reached at a port's name or number");
}

function validateResource(reference: TypedLocalObjectReference, at: FieldPath, errors: FieldErrors): void {
  if (reference.apiGroup !== undefined) checkForm(dnsSubdomainFault, reference.apiGroup, at.child("apiGroup"), errors);
  for (const field of ["kind", "name"] as const) checkSegment(reference[field], at.child(field), errors);
}

/** A part of a URL, which has to be given. */
export function checkSegment(value: string | undefined, at: FieldPath, errors: FieldErrors): void {
  if (!value) errors.required(at);
  else checkForm(pathSegmentFault, value, at, errors);
}

function validateTls({ hosts, secretName }: IngressTLS, at: FieldPath, errors: FieldErrors): void {
  hosts?.forEach((host, i) => void checkForm(hostFault, host, at.child("hosts").index(i), errors));
  if (secretName) checkForm(dnsSubdomainFault, secretName, at.child("secretName"), errors);
}
