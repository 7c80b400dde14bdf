// What a program does that only loads the manifests: walks a folder, reads each file, hands it to js-yaml.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { loadAll } from "js-yaml";

let documents = 0;
function visit(path) {
  if (statSync(path).isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  else documents += loadAll(readFileSync(path, "utf8")).length;
}
visit(process.argv[2]);
process.stdout.write(`${documents} documents\n`);
