// Preloaded into what is measured: writes the peak of its resident memory, in bytes, to file descriptor 3.
const { writeSync } = require("node:fs");
process.on("exit", () => {
  // Kilobytes on every platform: libuv converts what macOS gives.
  writeSync(3, String(process.resourceUsage().maxRSS * 1024));
});
