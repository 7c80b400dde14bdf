export default {
  testEnvironment: "node",
  // Property tests take seconds, on a busy machine many; only what hangs is to be stopped.
  testTimeout: 120_000,
  testMatch: ["<rootDir>/{src,rules,test,scripts}/**/*.test.ts"],
  transform: { "\\.[cm]?[jt]s$": "<rootDir>/scripts/jest-transform.cjs" },
  // chalk ships ES modules only; everything else in node_modules runs as it is.
  transformIgnorePatterns: ["/node_modules/(?!chalk/)"],
  // Sources import each other by the name the compiled file will have.
  moduleNameMapper: { "^(\\.{1,2}/.*)\\.js$": ["$1.ts", "$1.js"] },
  modulePathIgnorePatterns: ["<rootDir>/dist/"],
};
