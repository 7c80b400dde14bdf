/** A run over so many files takes long enough for V8 to optimize too much too early. */
const MANY_FILES = 100;

/**
 * Tells V8 to wait three times as long as usual before it optimizes a function: in a run of a second or two its threads
 * else take more than they give back. Saves an eighth of the processor time. A small run is not made to load the module.
 */
export function expectLongRun(files: number): void {
  if (files >= MANY_FILES) process.getBuiltinModule?.("node:v8").setFlagsFromString("--interrupt-budget=200000");
}
