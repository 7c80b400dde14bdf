import type { KindRules } from "../kind-rules.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dns1035LabelFault, dnsSubdomainFault, pathSegmentFault } from "../meta/names.js";
import { METADATA, validateObjectMeta } from "../meta/object-meta.js";
import { checkGiven, checkPortNumber, checkRange } from "../meta/values.js";
import type { APIService, APIServiceSpec, ServiceReference } from "../types/apiregistration.v1.generated.js";

const SPEC = FieldPath.of("spec");
const HTTPS = 443;
/** The version of the core group, which has no name. */
const CORE_VERSION = "v1";
const HIGHEST_GROUP_PRIORITY = 20_000;
const HIGHEST_VERSION_PRIORITY = 1000;

/** https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/apiserver-aggregation/ */
export const API_SERVICE: KindRules<APIService> = {
  defaults({ spec: { service } }) {
    if (service !== undefined) service.port ??= HTTPS;
  },
  validate({ metadata, spec }, errors) {
    const { group = "", version = "", groupPriorityMinimum, versionPriority } = spec;
    const wanted = `${version}.${group}`;
    const nameForm = (name: string) =>
      pathSegmentFault(name) ?? (name === wanted ? undefined : `is not version and group, "${wanted}"`);
    validateObjectMeta(metadata, false, nameForm, METADATA, errors, { anyFinalizer: true });
    if (group !== "") checkForm(dnsSubdomainFault, group, SPEC.child("group"), errors);
    else if (version !== CORE_VERSION)
      errors.required(SPEC.child("group"), `only version ${CORE_VERSION} is of the group without a name`);
    checkForm(dns1035LabelFault, version, SPEC.child("version"), errors);
    checkRange(groupPriorityMinimum, 1, HIGHEST_GROUP_PRIORITY, SPEC.child("groupPriorityMinimum"), errors);
    checkRange(versionPriority, 1, HIGHEST_VERSION_PRIORITY, SPEC.child("versionPriority"), errors);
    if (spec.service === undefined) checkLocal(spec, errors);
    else validateService(spec.service, spec, errors);
  },
};

/** What the API server serves itself, it asks of nobody. */
function checkLocal({ caBundle, insecureSkipTLSVerify }: APIServiceSpec, errors: FieldErrors): void {
  if (caBundle) errors.invalid(SPEC.child("caBundle"), undefined, "is given, and there is no service to verify");
  if (insecureSkipTLSVerify)
    errors.invalid(SPEC.child("insecureSkipTLSVerify"), true, "is given, and there is no service to verify");
}

function validateService(service: ServiceReference, spec: APIServiceSpec, errors: FieldErrors): void {
  const { name, namespace, port = HTTPS } = service;
  const at = SPEC.child("service");
  checkGiven(namespace, at.child("namespace"), errors);
  checkGiven(name, at.child("name"), errors);
  checkPortNumber(port, at.child("port"), errors);
  if (spec.insecureSkipTLSVerify && spec.caBundle)
    errors.invalid(SPEC.child("insecureSkipTLSVerify"), true, "is given beside caBundle, which verifies");
}
