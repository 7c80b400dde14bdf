import { type DecodedText, decodeText } from "../source/decode-text.js";
import { SourceFile } from "../source/source-file.js";
import type { FileSystem } from "./file-system.js";
import { type FoundFile, findFiles } from "./find-files.js";
import { mergeExternals } from "./kustomization.js";
import type { Input } from "./manifest.js";
import { isMarkdown } from "./markdown.js";
import { Neighbourhood } from "./neighbourhood.js";
import { readSource, type SourceContent } from "./read-source.js";
import type { SkipReason } from "./skipped.js";

/** What to read, and how. */
export interface ReadOptions {
  /** Files, folders, globs, `-` for standard input. */
  readonly paths: readonly string[];
  /** Read too, so that what they define is known; nothing is reported there, unless `paths` leads there as well. */
  readonly context?: readonly string[];
  /** Whether the configuration leaves out a file or folder, given as it is reported. */
  readonly excludes?: (path: string) => boolean;
  /** The working directory: files of its tree that were not given may still tell what the given ones are. */
  readonly root: string;
  readonly stdin?: () => Uint8Array;
  /** What standard input is called in findings. */
  readonly stdinName?: string;
  readonly onProgress?: (done: number, total: number, path: string) => void;
  /** In bytes. */
  readonly maxFileSize?: number;
}

/** The reader takes about a second for this much; nobody writes manifests of the size. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Reads everything the paths lead to and tells what each document is. Never throws for what it finds. */
export function readInput(fs: FileSystem, options: ReadOptions): Input {
  const found = findFiles(fs, {
    paths: options.paths,
    context: options.context ?? [],
    excludes: options.excludes ?? (() => false),
    root: options.root,
    stdinName: options.stdinName ?? "-",
  });
  const neighbourhood = new Neighbourhood(fs, options.root, found);
  const input = new InputBuilder();
  input.skipped.push(...found.skipped);
  input.unreadable.push(...found.unreadable);
  input.externals.push(...neighbourhood.externals);

  found.files.forEach((file, index) => {
    options.onProgress?.(index, found.files.length, file.path);
    const read = readBytes(fs, file, options);
    if ("bytes" in read) {
      const decoded = decodeFile(read.bytes);
      if (!decoded) input.leaveOut(file, "not-text");
      else {
        const source = new SourceFile(file.path, decoded.text);
        const role = file.real === undefined ? undefined : neighbourhood.roleOf(file.real);
        const kustomized = file.real !== undefined && neighbourhood.isBuiltOn(file.real);
        const content = readSource(source, {
          reported: file.reported,
          role,
          kustomized,
          patches: file.real === undefined ? [] : neighbourhood.patchesOf(file.real),
          replacedImages: file.real === undefined ? [] : neighbourhood.replacedImagesOf(file.real),
          selectorsAdded: file.real !== undefined && neighbourhood.addsSelectors(file.real),
          textProblems: decoded.problems,
        });
        input.add(source, content, file.named);
      }
    } else if (read.reason === "unreadable" && file.named)
      input.unreadable.push({ path: file.path, message: read.detail });
    else input.leaveOut(file, read.reason, read.detail);
  });
  options.onProgress?.(found.files.length, found.files.length, "");
  return input.finish();
}

/** Reads a text as an input of one file, told by its path as a file of that name would be. */
export function readText(path: string, text: string): Input {
  const source = new SourceFile(path, text.startsWith("\uFEFF") ? text.slice(1) : text);
  const input = new InputBuilder();
  input.add(source, readSource(source, { reported: true }), true);
  return input.finish();
}

function readBytes(
  fs: FileSystem,
  file: FoundFile,
  options: ReadOptions,
): { bytes: Uint8Array } | { reason: SkipReason; detail: string } {
  const most = options.maxFileSize ?? MOST_BYTES;
  const tooLarge = { reason: "too-large", detail: `more than ${Math.round(most / 1024 / 1024)} MiB` } as const;
  try {
    if (file.real === undefined) {
      if (!options.stdin) return { reason: "unreadable", detail: "There is no standard input" };
      const bytes = options.stdin();
      return bytes.length > most ? tooLarge : { bytes };
    }
    if ((fs.stat(file.path)?.size ?? 0) > most) return tooLarge;
    const bytes = fs.readFile(file.path);
    return bytes.length > most ? tooLarge : { bytes };
  } catch (error) {
    return { reason: "unreadable", detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Undefined for what is no text: NUL bytes where a text's beginning would be. */
function decodeFile(bytes: Uint8Array): DecodedText | undefined {
  const decoded = decodeText(bytes);
  return decoded.text.slice(0, 4096).includes("\0") ? undefined : decoded;
}

/** Gathers what the files give, in their order. */
class InputBuilder {
  readonly files: SourceFile[] = [];
  readonly documents: Input["documents"][number][] = [];
  readonly manifests: Input["manifests"][number][] = [];
  readonly skipped: Input["skipped"][number][] = [];
  readonly externals: Input["externals"][number][] = [];
  readonly kubeconfigs: NonNullable<Input["kubeconfigs"]>[number][] = [];
  readonly unreadable: Input["unreadable"][number][] = [];

  add(source: SourceFile, content: SourceContent, named: boolean): void {
    if (content.documents.length > 0) this.files.push(source);
    for (const document of content.documents) this.documents.push(document);
    for (const manifest of content.manifests) this.manifests.push(manifest);
    for (const external of content.externals) this.externals.push(external);
    for (const kubeconfig of content.kubeconfigs) this.kubeconfigs.push(kubeconfig);
    // A tree's texts without YAML are no manifests that were left alone.
    for (const skipped of content.skipped)
      if (named || skipped.document || skipped.reason !== "not-a-manifest" || !isMarkdown(skipped.path))
        this.skipped.push(skipped);
  }

  leaveOut(file: FoundFile, reason: SkipReason, detail?: string): void {
    if (file.reported) this.skipped.push({ path: file.path, reason, ...(detail !== undefined && { detail }) });
  }

  finish(): Input {
    const { files, documents, manifests, skipped, unreadable, kubeconfigs } = this;
    return { files, documents, manifests, skipped, unreadable, kubeconfigs, externals: mergeExternals(this.externals) };
  }
}
