// Compiles TypeScript for jest with the bundler the project uses anyway; types are checked by `npm run types`.
const { transformSync } = require("esbuild");

module.exports = {
  process(code, filename) {
    return transformSync(code, {
      loader: filename.endsWith("ts") ? "ts" : "js",
      format: "cjs",
      target: "node20",
      // Jest runs modules as CommonJS; a lazily imported one is required when it is asked for.
      supported: { "dynamic-import": false },
      sourcemap: "inline",
      sourcefile: filename,
    });
  },
};
