import type { Pod, Service } from "../../apis/types/core.v1.generated.js";
import type { EndpointSlice } from "../../apis/types/discovery.v1.generated.js";
import { serviceVariables } from "./service-environment.js";
import { serviceRecords } from "./service-records.js";

const service = (spec: Service["spec"], name = "db"): Service => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop" },
  spec,
  status: { loadBalancer: {} },
});

const port = (number: number, name?: string) => ({ name, port: number, targetPort: number, protocol: "TCP" });

const slice = (endpoints: EndpointSlice["endpoints"]): EndpointSlice => ({
  addressType: "IPv4",
  metadata: { name: "db-0" },
  ports: [{ name: "sql", port: 5432, protocol: "TCP" }],
  endpoints,
});

test("a Service with an address has it under its name, and a named port an SRV record", () => {
  const ports = [port(5432, "sql"), port(80)];
  expect(serviceRecords(service({ type: "ClusterIP", clusterIP: "10.96.0.7", ports }), [])).toEqual([
    { name: "db.shop.svc.cluster.local", type: "A", values: ["10.96.0.7"] },
    {
      name: "_sql._tcp.db.shop.svc.cluster.local",
      type: "SRV",
      values: ["5432 db.shop.svc.cluster.local"],
    },
  ]);
});

test("a headless Service names its ready endpoints, those with a hostname one by one", () => {
  const records = serviceRecords(service({ clusterIP: "None" }), [
    slice([
      { addresses: ["10.1.0.1"], conditions: { ready: true }, hostname: "db-0" },
      { addresses: ["10.1.0.2"], conditions: { ready: false }, hostname: "db-1" },
    ]),
  ]);
  expect(records).toEqual([
    { name: "db.shop.svc.cluster.local", type: "A", values: ["10.1.0.1"] },
    { name: "db-0.db.shop.svc.cluster.local", type: "A", values: ["10.1.0.1"] },
    {
      name: "_sql._tcp.db.shop.svc.cluster.local",
      type: "SRV",
      values: ["5432 db-0.db.shop.svc.cluster.local"],
    },
  ]);
});

test("an ExternalName is an alias", () => {
  expect(serviceRecords(service({ type: "ExternalName", externalName: "db.example.com" }), [])).toEqual([
    { name: "db.shop.svc.cluster.local", type: "CNAME", values: ["db.example.com"] },
  ]);
});

describe("variables of Services", () => {
  const pod = (more: Partial<Pod["spec"]> = {}): Pod =>
    ({ metadata: { name: "web", namespace: "shop" }, spec: { containers: [], ...more }, status: {} }) as unknown as Pod;
  const db = service({ type: "ClusterIP", clusterIP: "10.96.0.7", ports: [port(5432, "sql")] }, "my-db");

  test("tell host and ports of the namespace's Services", () => {
    const variables = serviceVariables(pod(), [db, service({ clusterIP: "None", ports: [port(1)] }, "quiet")]);
    expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual({
      MY_DB_SERVICE_HOST: "10.96.0.7",
      MY_DB_SERVICE_PORT: "5432",
      MY_DB_SERVICE_PORT_SQL: "5432",
      MY_DB_PORT: "tcp://10.96.0.7:5432",
      MY_DB_PORT_5432_TCP: "tcp://10.96.0.7:5432",
      MY_DB_PORT_5432_TCP_PROTO: "tcp",
      MY_DB_PORT_5432_TCP_PORT: "5432",
      MY_DB_PORT_5432_TCP_ADDR: "10.96.0.7",
    });
  });

  test("are left out where links are off, and where the Service came later", () => {
    expect(serviceVariables(pod({ enableServiceLinks: false }), [db])).toEqual([]);
    const late = { ...db, metadata: { ...db.metadata, creationTimestamp: "2025-01-02T00:00:00Z" } };
    const early = { ...pod(), metadata: { ...pod().metadata, creationTimestamp: "2025-01-01T00:00:00Z" } };
    expect(serviceVariables(early, [late])).toEqual([]);
  });
});
