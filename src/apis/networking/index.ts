import { type KindTable, rulesFor } from "../kind-rules.js";
import { INGRESS } from "./ingress.js";
import { INGRESS_CLASS } from "./ingress-class.js";
import { IP_ADDRESS } from "./ip-address.js";
import { NETWORK_POLICY } from "./network-policy.js";
import { SERVICE_CIDR } from "./service-cidr.js";

/** https://kubernetes.io/docs/concepts/services-networking/ */
export const NETWORKING: KindTable = {
  "networking.k8s.io/v1 Ingress": rulesFor(INGRESS),
  "networking.k8s.io/v1 IngressClass": rulesFor(INGRESS_CLASS),
  "networking.k8s.io/v1 IPAddress": rulesFor(IP_ADDRESS),
  "networking.k8s.io/v1 NetworkPolicy": rulesFor(NETWORK_POLICY),
  "networking.k8s.io/v1 ServiceCIDR": rulesFor(SERVICE_CIDR),
  "networking.k8s.io/v1beta1 IPAddress": rulesFor(IP_ADDRESS),
  "networking.k8s.io/v1beta1 ServiceCIDR": rulesFor(SERVICE_CIDR),
};
