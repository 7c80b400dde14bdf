export type { FileSystem, FolderEntry } from "./file-system.js";
export { type ExternalObject, type Input, type InputDocument, joinInputs, type Manifest } from "./manifest.js";
export { isMarkdown } from "./markdown.js";
export { type ReadOptions, readInput, readText } from "./read-input.js";
export { SKIP_REASONS, type Skipped, type SkipReason } from "./skipped.js";
