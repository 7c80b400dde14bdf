/** Node.js' own; loading it takes 3 ms, which only certificates and keys are worth. */
export const cryptography = (): typeof import("node:crypto") => require("node:crypto");
