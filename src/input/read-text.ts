import { SourceFile } from "../source/source-file.js";
import { readDocuments } from "../yaml/index.js";
import type { Input } from "./manifest.js";

/** PROVISIONAL: a text as an input of one file. */
export function readText(path: string, text: string): Input {
  const source = new SourceFile(path, text);
  const documents = readDocuments(source).map((document) => ({ document, reported: true }));
  const manifests = documents.flatMap(({ document }) =>
    document.value && typeof document.value === "object" ? { source, document, base: "", value: document.value as Record<string, unknown>, reported: true } : [],
  );
  return { files: [source], documents, manifests, skipped: [], externals: [], unreadable: [] };
}
