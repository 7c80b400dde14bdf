import { loadFindingWriter } from "../report/index.js";
import type { Host } from "./host.js";
import type { CommandLine } from "./options.js";
import { VERSION } from "./version.js";
import { wantsColor } from "./wants-color.js";

/** The colours in which findings are shown, or none, as the command line and the terminal have it. */
export async function loadTheme(line: CommandLine, host: Host) {
  const makeWriter = await loadFindingWriter();
  return makeWriter({
    color: wantsColor(line.values.get("color")?.[0], host.terminalWidth !== undefined, host),
    width: host.terminalWidth ?? 0,
    verbose: false,
    toolVersion: VERSION,
    workingDirectory: host.workingDirectory,
  }).theme;
}
