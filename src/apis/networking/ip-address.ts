import type { KindRules } from "../kind-rules.js";
import { FieldPath } from "../meta/field-path.js";
import { checkForm, dnsSubdomainFault, pathSegmentFault } from "../meta/names.js";
import { strictIpFault } from "../meta/strict-addresses.js";
import type { IPAddress } from "../types/networking.v1.generated.js";
import { checkSegment } from "./ingress.js";

const PARENT = FieldPath.of("spec", "parentRef");

/** https://kubernetes.io/docs/concepts/services-networking/cluster-ip-allocation/ */
export const IP_ADDRESS: KindRules<IPAddress> = {
  nameForm: strictIpFault,
  validate({ spec: { parentRef } }, errors) {
    if (parentRef === undefined) {
      errors.required(PARENT, "an address belongs to something, mostly a Service");
      return;
    }
    const { group, resource, name, namespace } = parentRef;
    if (group) checkForm(dnsSubdomainFault, group, PARENT.child("group"), errors);
    checkSegment(resource, PARENT.child("resource"), errors);
    checkSegment(name, PARENT.child("name"), errors);
    if (namespace) checkForm(pathSegmentFault, namespace, PARENT.child("namespace"), errors);
  },
};
