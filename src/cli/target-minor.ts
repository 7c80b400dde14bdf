import { DEFAULT_MINOR, NEWEST_MINOR, OLDEST_MINOR, parseMinor } from "../schema/index.js";
import { type CommandLine, UsageError } from "./options.js";

/** The minor that the command line asks for; undefined where it names none. Throws `UsageError`. */
export function givenMinor(line: CommandLine): number | undefined {
  const text = line.values.get("kubernetes-version")?.[0];
  if (text === undefined) return undefined;
  const minor = parseMinor(text);
  if (minor === undefined || minor < OLDEST_MINOR || minor > NEWEST_MINOR)
    throw new UsageError(`--kubernetes-version takes 1.${OLDEST_MINOR} to 1.${NEWEST_MINOR}, not "${text}"`);
  return minor;
}

/** The target of commands that read no configuration. */
export const minorOf = (line: CommandLine): number => givenMinor(line) ?? DEFAULT_MINOR;
