import type { Host } from "./host.js";

const QUIET_MS = 1000;
const EVERY_MS = 100;

/** A line on the terminal that tells how far reading has come, once it takes longer than a second. */
export function progressOn(host: Host): { show(done: number, total: number, path: string): void; clear(): void } {
  const start = Date.now();
  let last = start + QUIET_MS - EVERY_MS;
  let shown = false;
  return {
    show(done, total) {
      if (!host.progressVisible) return;
      const now = Date.now();
      if (now - last < EVERY_MS) return;
      last = now;
      shown = true;
      host.err(`\r\x1b[Kreading ${done} of ${total} files`);
    },
    clear() {
      if (shown) host.err("\r\x1b[K");
    },
  };
}
