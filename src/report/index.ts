import type { Reporter } from "./reporter.js";

export type { FindingWriter } from "./pretty.js";
export type { Reporter, ReportOptions } from "./reporter.js";
export { faultLines, skippedLine, skippedLines, summaryLine } from "./summary.js";

/** An output format; `load` imports its module, so that a run loads only the formats it writes. */
export interface Format {
  readonly name: FormatName;
  /** A few words for `--help` and shell completion. */
  readonly description: string;
  /** Of a file in this format, without the dot. */
  readonly extension: string;
  readonly load: () => Promise<Reporter>;
}

/** The names `--output` takes. */
export type FormatName =
  | "pretty"
  | "compact"
  | "json"
  | "sarif"
  | "junit"
  | "checkstyle"
  | "github"
  | "gitlab"
  | "rdjson"
  | "tap"
  | "markdown"
  | "html";

/** Every output format, in the order `--help` and the documentation list them. */
export const FORMATS: readonly Format[] = [
  {
    name: "pretty",
    description: "for people at a terminal: messages with code frames",
    extension: "txt",
    load: async () => (await import("./pretty.js")).reportPretty,
  },
  {
    name: "compact",
    description: "one line a finding, for problem matchers and grep",
    extension: "txt",
    load: async () => (await import("./compact.js")).reportCompact,
  },
  {
    name: "json",
    description: "everything, for programs",
    extension: "json",
    load: async () => (await import("./json.js")).reportJson,
  },
  {
    name: "sarif",
    description: "SARIF 2.1.0, for code scanning and editors",
    extension: "sarif",
    load: async () => (await import("./sarif.js")).reportSarif,
  },
  {
    name: "junit",
    description: "JUnit XML, for the test view of CI servers",
    extension: "xml",
    load: async () => (await import("./junit.js")).reportJunit,
  },
  {
    name: "checkstyle",
    description: "Checkstyle XML, for review tools",
    extension: "xml",
    load: async () => (await import("./checkstyle.js")).reportCheckstyle,
  },
  {
    name: "github",
    description: "annotations of a GitHub Actions run",
    extension: "txt",
    load: async () => (await import("./github.js")).reportGithub,
  },
  {
    name: "gitlab",
    description: "GitLab Code Quality report",
    extension: "json",
    load: async () => (await import("./gitlab.js")).reportGitlab,
  },
  {
    name: "rdjson",
    description: "Reviewdog Diagnostic Format",
    extension: "json",
    load: async () => (await import("./rdjson.js")).reportRdjson,
  },
  {
    name: "tap",
    description: "Test Anything Protocol, version 14",
    extension: "tap",
    load: async () => (await import("./tap.js")).reportTap,
  },
  {
    name: "markdown",
    description: "for comments on pull requests",
    extension: "md",
    load: async () => (await import("./markdown.js")).reportMarkdown,
  },
  {
    name: "html",
    description: "one self-contained page",
    extension: "html",
    load: async () => (await import("./html.js")).reportHtml,
  },
];

/** The format of that name. */
export function findFormat(name: string): Format | undefined {
  return FORMATS.find((format) => format.name === name);
}

/** What writes findings one by one as `pretty` does; loaded when asked for. */
export const loadFindingWriter = async () => (await import("./pretty.js")).makeFindingWriter;
