import type { Ingress } from "kubernetes-types/networking/v1.js";
import { ingressClassOf } from "../network/ingress-backends.js";
import type { Resource } from "../resource.js";
import type { Endpoint } from "./endpoints.js";
import type { Reachability } from "./reachability.js";

/** Controllers by the class that Ingresses name or the `controller` of an IngressClass, with the image that they run. */
const CONTROLLERS: readonly { readonly name: RegExp; readonly image: RegExp }[] = [
  {
    name: /ingress-nginx|^nginx/,
    image: /(ingress-nginx|nginx-ingress|nginx-ingress-controller)(\/controller)?(@|:|$)/,
  },
  { name: /traefik/, image: /(^|\/)traefik(@|:|$)/ },
  { name: /haproxy/, image: /(haproxy-ingress|kubernetes-ingress)(@|:|$)/ },
  { name: /kong/, image: /(^|\/)(kong|kong-gateway|kubernetes-ingress-controller)(@|:|$)/ },
  { name: /contour/, image: /(^|\/)(envoy)(@|:|$)/ },
];

/** The Pods that serve an Ingress: those of the input that run its controller, or some that no manifest shows. */
export function controllerOf(reachability: Reachability, ingress: Resource<Ingress>): readonly Endpoint[] {
  const { cluster } = reachability;
  const className = ingressClassOf(ingress);
  const classes = cluster.ofKind("IngressClass");
  const ingressClass = className ? classes.find(({ name }) => name === className) : classes[0];
  const words = [className, ingressClass?.spec?.controller ?? ""];
  const known = CONTROLLERS.filter(({ name }) => words.some((word) => name.test(word)));
  const candidates = known.length > 0 ? known : words.some(Boolean) ? [] : CONTROLLERS;
  const pods = cluster.podTemplates.filter(({ owner, containers }) =>
    owner.kind === "Job" || owner.kind === "CronJob"
      ? false
      : containers.some(
          ({ spec }) => typeof spec.image === "string" && candidates.some(({ image }) => image.test(spec.image!)),
        ),
  );
  return pods.length > 0
    ? pods.map((pod) => reachability.podEndpoint(pod))
    : [reachability.hiddenPods(`the controller of ${ingress.ref}`)];
}
