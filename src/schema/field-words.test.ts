import { fieldWords, typeWords } from "./field-words.js";

test.each([
  ["PodSpec", "the Pod spec"],
  ["Container", "the Container"],
  ["ObjectMeta", "the metadata"],
  ["SecurityContext", "the security context"],
  ["PodTemplateSpec", "the Pod template spec"],
  ["NetworkPolicyPeer", "the NetworkPolicy peer"],
  ["Deployment", "the Deployment"],
  ["Probe", "the probe"],
  ["CronTab spec", "the CronTab spec"],
  ["HTTPGetAction", "the HTTP get action"],
  ["CSIDriverSpec", "the CSIDriver spec"],
])("%s is %s", (type, words) => {
  expect(typeWords(type)).toBe(words);
});

test.each([
  ["spec.replicas", '"replicas"'],
  ["metadata.labels[app.kubernetes.io/name]", '"app.kubernetes.io/name"'],
  ["spec.containers[0].args[1]", 'Item 2 of "args"'],
])("%s is %s", (path, words) => {
  expect(fieldWords(path)).toBe(words);
});
