import { admitObject, EMPTY_CLUSTER } from "../index.js";

const admit = (kind: Record<string, unknown>, minor = 34) =>
  admitObject({ metadata: { name: "api" }, ...kind }, { minor, surroundings: EMPTY_CLUSTER });
const endpoints = (ip: string, labels = {}) => ({
  apiVersion: "v1",
  kind: "Endpoints",
  metadata: { name: "api", labels },
  subsets: [{ notReadyAddresses: [{ ip }], ports: [{ port: 80 }] }],
});
const slice = (addressType: string, address: string) => ({
  apiVersion: "discovery.k8s.io/v1",
  kind: "EndpointSlice",
  addressType,
  endpoints: [{ addresses: [address] }],
});
const causesOf = (value: Record<string, unknown>) =>
  admit(value).causes.map(({ reason, field }) => `${reason} ${field}`);

test("Endpoints are of no address that each machine has for itself", () => {
  expect(causesOf(endpoints("127.0.0.1"))).toEqual(["FieldValueInvalid subsets[0].notReadyAddresses[0].ip"]);
  expect(causesOf(endpoints("10.0.0.1"))).toEqual([]);
});

test("an old form of an address is warned of, unless the cluster's own controller wrote it", () => {
  const own = { "endpoints.kubernetes.io/managed-by": "endpoint-controller" };
  expect(admit(endpoints("10.0.0.01")).warnings).toHaveLength(2);
  expect(admit(endpoints("10.0.0.01", own)).warnings).toHaveLength(1);
  expect(admit(endpoints("10.0.0.01"), 32).warnings).toHaveLength(0);
});

test("an EndpointSlice has addresses of its type", () => {
  expect(causesOf(slice("IPv6", "10.0.0.1"))).toEqual(["FieldValueInvalid endpoints[0].addresses"]);
  expect(causesOf(slice("IPv4", "169.254.0.1"))).toEqual(["FieldValueInvalid endpoints[0].addresses[0]"]);
  expect(causesOf(slice("FQDN", "db"))).toEqual(["FieldValueInvalid endpoints[0].addresses[0]"]);
  expect(admit(slice("FQDN", "db.example.com.")).warnings).toHaveLength(1);
});

test("scopes of a ResourceQuota go with its resources and with each other", () => {
  const quota = (hard: object, scopes: string[]) => ({
    apiVersion: "v1",
    kind: "ResourceQuota",
    spec: { hard, scopes },
  });
  expect(causesOf(quota({ pods: 1, "count/jobs.batch": 1 }, ["BestEffort"]))).toEqual([]);
  expect(causesOf(quota({ cpu: 1 }, ["BestEffort"]))).toEqual(["FieldValueInvalid spec.scopes"]);
  expect(causesOf(quota({ pods: 1 }, ["Terminating", "NotTerminating"]))).toEqual(["FieldValueInvalid spec.scopes"]);
  expect(causesOf(quota({ storage: 1 }, []))).toEqual(["FieldValueInvalid spec.hard[storage]"]);
});
