// Compiles TypeScript for jest with the bundler the project uses anyway; types are checked by `npm run types`.
const { transformSync } = require("esbuild");

module.exports = {
  process(code, filename) {
    return transformSync(code, {
      loader: filename.endsWith("ts") ? "ts" : "js",
      format: "cjs",
      target: "node20",
      sourcemap: "inline",
      sourcefile: filename,
    });
  },
};
