import { formatNames, formatResult, lint } from "../src/api.js";

const TEXT = `apiVersion: v1
kind: Pod
metadata: {name: a}
spec:
  containers:
    - name: a
      image: nginx
      env:
        - name: DB_PASSWORD
          value: hunter2
        - {name: API_TOKEN, value: hunter3}
        - name: PRIVATE_KEY
          value: |
            hunter4
            hunter5
---
apiVersion: v1
kind: Secret
metadata: {name: s, labels: {a: 1}}
stringData: {password: hunter6, pin: 12345678}
`;

test.each(formatNames)("%s shows no secret value", async (format) => {
  const result = lint({ texts: [{ path: "pod.yaml", text: TEXT }], config: { extends: ["strict"] } });
  expect(result.diagnostics.filter(({ rule }) => rule === "plaintext-secret-in-env")).toHaveLength(3);
  expect(await formatResult(result, format)).not.toMatch(/hunter\d|12345678/);
});
