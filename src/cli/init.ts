import { join } from "node:path";
import { isMap, isSeq, parseDocument } from "yaml";
import { CONFIG_NAMES, CONFIG_SCHEMA_URL } from "../config/index.js";
import type { FileSystem } from "../input/index.js";
import { DEFAULT_MINOR, formatMinor } from "../schema/index.js";
import type { ExitCode, Host } from "./host.js";
import { type CommandLine, UsageError } from "./options.js";
import { VERSION } from "./version.js";

export const REPOSITORY = "https://github.com/kubeproof/kubeproof";

/** What init does about one file. */
export interface PlannedFile {
  /** Relative to the folder. */
  readonly path: string;
  /** `create` and `extend` write `text`; `keep` leaves the file as it is and `note` says why. */
  readonly action: "create" | "extend" | "keep";
  readonly text: string;
  readonly note: string;
}

/** `kubeproof init [FOLDER]`: never overwrites; tells what it wrote and what it left as it was. */
export function initCommand(line: CommandLine, host: Host): ExitCode {
  const folder = line.operands[0] ?? host.workingDirectory;
  if (host.fileSystem.stat(folder)?.type !== "folder") throw new UsageError(`${folder} is no folder`);
  const dryRun = line.flags.has("dry-run");
  for (const { path, action, text, note } of planInit(host.fileSystem, folder)) {
    host.out(`${action === "keep" ? "left as it is" : `${dryRun ? "would " : ""}${action}`}: ${path} (${note})\n`);
    if (action === "keep") continue;
    if (dryRun) host.out(`${text.replace(/^/gm, "  ").trimEnd()}\n`);
    else host.writeFile(join(folder, path), text);
  }
  return 0;
}

/** What a folder needs so that kubeproof runs in it: a configuration, a pre-commit entry, a job of the CI it uses. */
export function planInit(fs: FileSystem, folder: string): PlannedFile[] {
  const read = (path: string): string | undefined =>
    fs.stat(join(folder, path))?.type === "file"
      ? new TextDecoder().decode(fs.readFile(join(folder, path)))
      : undefined;
  const isFolder = (path: string): boolean => fs.stat(join(folder, path))?.type === "folder";

  const config = CONFIG_NAMES.find((name) => read(name) !== undefined);
  const plan: PlannedFile[] = [
    config
      ? { path: config, action: "keep", text: "", note: "there is a configuration" }
      : { path: "kubeproof.yaml", action: "create", text: CONFIGURATION, note: "the configuration, with its defaults" },
    preCommit(read(".pre-commit-config.yaml")),
  ];
  if (isFolder(".github")) {
    const path = ".github/workflows/kubeproof.yaml";
    plan.push(
      read(path) === undefined
        ? { path, action: "create", text: WORKFLOW, note: "a job for GitHub Actions" }
        : { path, action: "keep", text: "", note: "there is a workflow of this name" },
    );
  }
  if (read(".gitlab-ci.yml") !== undefined) {
    const path = ".gitlab/kubeproof.gitlab-ci.yml";
    plan.push(
      read(path) === undefined
        ? {
            path,
            action: "create",
            text: GITLAB_JOB,
            note: `a job for GitLab; include it: "include: [{local: ${path}}]"`,
          }
        : { path, action: "keep", text: "", note: "there is a job of this name" },
    );
  }
  return plan;
}

function preCommit(text: string | undefined): PlannedFile {
  const path = ".pre-commit-config.yaml";
  const entry = { repo: REPOSITORY, rev: `v${VERSION}`, hooks: [{ id: "kubeproof" }] };
  if (text === undefined) {
    const fresh = `repos:\n  - repo: ${entry.repo}\n    rev: ${entry.rev}\n    hooks:\n      - id: kubeproof\n`;
    return { path, action: "create", text: fresh, note: "checks manifests at every commit" };
  }
  if (/\bid:\s*kubeproof\b/.test(text)) return { path, action: "keep", text: "", note: "it has the hook" };
  const document = parseDocument(text);
  const repos = isMap(document.contents) ? document.contents.get("repos") : undefined;
  if (document.errors.length > 0 || !isSeq(repos)) {
    return {
      path,
      action: "keep",
      text: "",
      note: `it has no list "repos"; add ${entry.repo}, hook kubeproof, by hand`,
    };
  }
  document.addIn(["repos"], document.createNode(entry));
  return { path, action: "extend", text: document.toString({ lineWidth: 0 }), note: "the hook is added to repos" };
}

const CONFIGURATION = `# yaml-language-server: $schema=${CONFIG_SCHEMA_URL}
kubernetesVersion: "${formatMinor(DEFAULT_MINOR)}"
extends: [recommended]   # minimal, recommended, strict

# Files that are left alone.
exclude: []

# Rules by id: off, note, warning, error, or [severity, {option: value}]; "kubeproof rules" lists them.
rules: {}

# Objects that exist, but elsewhere: Kind/name or Kind/namespace/name, * for any text.
externals: []
`;

const WORKFLOW = `name: kubeproof
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  kubeproof:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: kubeproof/kubeproof@v${VERSION}
`;

const GITLAB_JOB = `kubeproof:
  image: node:20
  script:
    - npx --yes kubeproof@${VERSION} --output compact --output gitlab=gl-code-quality-report.json --output junit=kubeproof.xml
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
      junit: kubeproof.xml
`;
