import type { KindRules } from "../kind-rules.js";
import { domainPrefixedPathFault } from "../meta/domain-names.js";
import type { FieldErrors } from "../meta/field-errors.js";
import { FieldPath } from "../meta/field-path.js";
import { byteLength, checkForm, dnsLabelFault, dnsSubdomainFault } from "../meta/names.js";
import type { IngressClass, IngressClassParametersReference } from "../types/networking.v1.generated.js";
import { checkSegment } from "./ingress.js";

const CONTROLLER = FieldPath.of("spec", "controller");
const PARAMETERS = FieldPath.of("spec", "parameters");
const LONGEST_CONTROLLER = 250;
const SCOPES = ["Cluster", "Namespace"];

/** https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class */
export const INGRESS_CLASS: KindRules<IngressClass> = {
  defaults({ spec: { parameters } }) {
    if (parameters !== undefined) parameters.scope ??= "Cluster";
  },
  nameForm: dnsSubdomainFault,
  validate({ spec: { controller, parameters } }, errors) {
    if (!controller) errors.required(CONTROLLER);
    else {
      if (byteLength(controller) > LONGEST_CONTROLLER) errors.tooLong(CONTROLLER, LONGEST_CONTROLLER);
      checkForm(domainPrefixedPathFault, controller, CONTROLLER, errors);
    }
    if (parameters !== undefined) validateParameters(parameters, errors);
  },
};

function validateParameters(parameters: IngressClassParametersReference, errors: FieldErrors): void {
  const { apiGroup, kind, name, scope, namespace } = parameters;
  if (apiGroup !== undefined) checkForm(dnsSubdomainFault, apiGroup, PARAMETERS.child("apiGroup"), errors);
  checkSegment(kind, PARAMETERS.child("kind"), errors);
  checkSegment(name, PARAMETERS.child("name"), errors);
  const namespaceAt = PARAMETERS.child("namespace");
  if (scope === undefined) errors.required(PARAMETERS.child("scope"));
  else if (!SCOPES.includes(scope)) errors.notSupported(PARAMETERS.child("scope"), scope, SCOPES);
  else if (scope === "Cluster") {
    if (namespace !== undefined) errors.forbidden(namespaceAt, "Parameters of scope Cluster are in no namespace");
  } else if (namespace === undefined) errors.required(namespaceAt, "the scope is Namespace");
  else checkForm(dnsLabelFault, namespace, namespaceAt, errors);
}
