import { execFileSync } from "node:child_process";
import { join } from "node:path";

test("the types are what the schemas say", () => {
  execFileSync(process.execPath, [join(__dirname, "../../../scripts/generate-api-types.mjs"), "--check"]);
});
