import { parseAllDocuments } from "yaml";
import { outcomeOf } from "../../outcome/outcome.js";
import { simulate } from "../../simulation/simulate.js";

function run(text: string) {
  const values = parseAllDocuments(text).map((document) => document.toJS() as unknown);
  return outcomeOf(simulate(values, { minor: 34 }), []);
}

const pod = (name: string, spec: string) => `
---
apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec:
  nodeName: n
  containers: [{name: app, image: "app:1"}]
  ${spec}`;

test("Pods leave a node with a NoExecute taint, at once or when their time is up", () => {
  const { documents, gone, pods } = run(`
apiVersion: v1
kind: Node
metadata: {name: n}
spec: {taints: [{key: x, value: y, effect: NoExecute}]}
status: {capacity: {cpu: "1", pods: "10"}}
${pod("intolerant", "")}
${pod("patient", "tolerations: [{key: x, operator: Exists, effect: NoExecute, tolerationSeconds: 300}]")}
${pod("hasty", "tolerations: [{key: x, operator: Exists, effect: NoExecute, tolerationSeconds: 2}]")}
${pod("both", "tolerations: [{key: x, operator: Exists}, {key: x, value: y, effect: NoExecute, tolerationSeconds: 1}]")}
${pod("settled", "tolerations: [{operator: Exists}]")}`);
  expect(documents?.every(({ verdict }) => verdict === "accepted")).toBe(true);
  expect(gone?.map(({ name }) => name)).toEqual(["intolerant", "hasty", "both"]);
  expect(pods?.map(({ name, phase }) => `${name} ${phase}`)).toEqual(["patient Running", "settled Running"]);
});

test("nodes get the taints of their conditions, and lose those that do not follow from them", () => {
  const { nodes } = run(`
apiVersion: v1
kind: Node
metadata: {name: sick}
status: {conditions: [{type: Ready, status: "False"}, {type: DiskPressure, status: "True"}]}
---
apiVersion: v1
kind: Node
metadata: {name: well}
spec: {taints: [{key: node.kubernetes.io/unreachable, effect: NoExecute}, {key: own, effect: NoExecute}]}`);
  expect(nodes).toEqual([
    {
      name: "sick",
      taints: [
        "node.kubernetes.io/disk-pressure=:NoSchedule",
        "node.kubernetes.io/not-ready=:NoExecute",
        "node.kubernetes.io/not-ready=:NoSchedule",
      ],
      ready: "False",
    },
    { name: "well", taints: ["own=:NoExecute"], ready: "True" },
  ]);
});
