export type { FileSystem, FolderEntry } from "./file-system.js";
export type { ExternalObject, Input, InputDocument, Manifest } from "./manifest.js";
export { SKIP_REASONS, type Skipped, type SkipReason } from "./skipped.js";
export { readText } from "./read-text.js";
