export { type Location, locate } from "./locate.js";
export { readDocuments } from "./read-documents.js";
export { writeJson } from "./write-json.js";
export type { YamlComment, YamlDocument, YamlEntry, YamlNode, YamlStyle } from "./yaml-document.js";
export { isStrictOnly, YAML_PROBLEM_CODES, type YamlProblem, type YamlProblemCode } from "./yaml-problem.js";
