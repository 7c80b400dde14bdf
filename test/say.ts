import type { Host } from "../src/cli/host.js";
import { run } from "../src/cli/main.js";
import type { FileSystem } from "../src/input/index.js";
import { MemoryFileSystem } from "../src/input/testing/memory-file-system.js";

/** What a command line meets. */
export interface Surroundings {
  /** Texts by path, or the machine's own files. */
  readonly files: Readonly<Record<string, string>> | FileSystem;
  readonly workingDirectory?: string;
  readonly standardInput?: string;
  readonly terminalWidth?: number;
}

/** What a command says, on both of its outputs, and its exit code; as somebody sees it who types it. */
export async function say(command: string, surroundings: Surroundings): Promise<string> {
  const { out, code } = await runLine(command, surroundings);
  return `$ kubeproof ${command}\n${out}[exit code ${code}]\n`;
}

/** The same without what was typed and the exit code. */
export const answer = async (command: string, surroundings: Surroundings): Promise<string> =>
  (await runLine(command, surroundings)).out;

async function runLine(command: string, { files, ...more }: Surroundings): Promise<{ out: string; code: number }> {
  let out = "";
  const take = (text: string): void => {
    out += text;
  };
  const host: Host = {
    fileSystem: isFileSystem(files) ? files : new MemoryFileSystem(files),
    workingDirectory: more.workingDirectory ?? "/work",
    environment: { NO_COLOR: "1" },
    terminalWidth: more.terminalWidth,
    progressVisible: false,
    readStandardInput: () => Buffer.from(more.standardInput ?? ""),
    writeFile: () => undefined,
    out: take,
    err: take,
  };
  const code = await run(command.split(" "), host);
  return { out, code };
}

const isFileSystem = (files: Surroundings["files"]): files is FileSystem => typeof files.readFile === "function";

/** The commands that a page shows, each with what it says. */
export const shownIn = (markdown: string): readonly { readonly command: string; readonly said: string }[] =>
  [...markdown.matchAll(/^```console\n([\s\S]*?)^```$/gm)].flatMap(([, block = ""]) =>
    block
      .split(/^\$ kubeproof /m)
      .slice(1)
      .map((each) => {
        const end = each.indexOf("\n");
        return { command: each.slice(0, end), said: each.slice(end + 1) };
      }),
  );
