import { lint } from "../api.js";

const MANIFESTS = `
apiVersion: example.com/v1
kind: Database
metadata: {name: orders, namespace: shop}
spec:
  storage: {class: fast, snapshot: nightly}
  users:
    - {name: app, passwordSecret: {name: orders-app, key: pasword}}
    - {name: admin, passwordSecret: {name: admin-login, key: password}}
---
apiVersion: v1
kind: Secret
metadata: {name: orders-app, namespace: shop}
stringData: {password: "to be changed"}
`;
const REFERENCES = [
  { from: "example.com/Database", path: "spec.users[*].passwordSecret", name: "name", key: "key", to: "Secret" },
  { from: "example.com/Database", path: "spec.storage.class", to: "StorageClass" },
  { from: "example.com/Database", path: "spec.storage.snapshot", to: "example.com/Backup" },
];

const findings = (config: Record<string, unknown>): string[] =>
  lint({ texts: [{ path: "a.yaml", text: MANIFESTS }], config }).diagnostics.map(
    ({ field, message }) => `${field}: ${message}`,
  );

test("references of the configuration are resolved as those of the table are", () => {
  expect(findings({})).toEqual([]);
  expect(findings({ references: REFERENCES })).toEqual([
    'spec.storage.snapshot: Database "orders" refers to Backup "nightly", which is not in the input',
    'spec.users[0].passwordSecret.key: Database "orders" refers to key "pasword" of Secret "orders-app", which has no such key',
    'spec.users[1].passwordSecret.name: Database "orders" refers to key "password" of Secret "admin-login", which is not in the input',
  ]);
});

test("what may be absent is not missed", () => {
  expect(findings({ references: REFERENCES.map((reference) => ({ ...reference, optional: true })) })).toEqual([]);
});
