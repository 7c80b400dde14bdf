import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

const service = (name: string, selector?: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { selector, ports: [{ port: 80 }] },
});
const play = (...documents: object[]) => outcomeOf(simulate(documents, { minor: 34 }));

test("a slice that somebody wrote stays, whatever its name", () => {
  const slice = {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "web-0", labels: { "kubernetes.io/service-name": "web" } },
    addressType: "IPv4",
    ports: [{ name: "", port: 80 }],
    endpoints: [{ addresses: ["192.0.2.7"] }],
  };
  const [web] = play(slice, service("web", { app: "web" })).services ?? [];
  expect(web?.endpointSlices).toMatchObject([
    { endpoints: [{ count: 1, addresses: ["192.0.2.7"] }] },
    { managedBy: "endpointslice-controller.k8s.io", endpoints: [] },
  ]);
});

test("Endpoints of a Service without a selector are copied, and go with what they were copied from", () => {
  const endpoints = (annotations?: object) => ({
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { name: "db", annotations },
    subsets: [{ addresses: [{ ip: "192.0.2.7" }], ports: [{ port: 5432 }] }],
  });
  const [db] = play(service("db"), endpoints()).services ?? [];
  expect(db?.endpointSlices).toMatchObject([
    {
      managedBy: "endpointslicemirroring-controller.k8s.io",
      ports: [{ name: "", port: 5432 }],
      endpoints: [{ addresses: ["192.0.2.7"], ready: true }],
    },
  ]);
  const deleted = play(service("db"), endpoints(), endpoints({ "simulate.kubeproof.dev/op": "delete" }));
  expect(deleted.services?.[0]?.endpointSlices).toEqual([]);
  expect(play(service("db", { app: "db" }), endpoints()).services?.[0]?.endpointSlices).toMatchObject([
    { managedBy: "endpointslice-controller.k8s.io" },
  ]);
});

test("the slices of a Service go with it", () => {
  const { metadata, ...rest } = service("web", { app: "web" });
  const deletion = { ...rest, metadata: { ...metadata, annotations: { "simulate.kubeproof.dev/op": "delete" } } };
  const { services, otherEndpointSlices } = play(service("web", { app: "web" }), deletion);
  expect([services, otherEndpointSlices]).toEqual([undefined, undefined]);
});
