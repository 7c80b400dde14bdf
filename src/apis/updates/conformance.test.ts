import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Answered, causesOf, compareWithFloors, kindsIn, readAnswers } from "../../../test/recorded-answers.js";
import { admitUpdate, EMPTY_CLUSTER } from "../index.js";

const FOLDER = join(__dirname, "../../../testdata/conformance/updates");
const FIGURES = ["decision", "causes", "stored", "warnings"] as const;

type Fields = Record<string, unknown>;

function scoreOf(answers: readonly Answered[]) {
  const score = { cases: answers.length, decision: 0, causes: 0, stored: 0, warnings: 0 };
  for (const { base, object, unchanged, code, causes, warnings } of answers) {
    const options = { minor: 34, surroundings: EMPTY_CLUSTER };
    const verdict = admitUpdate(object, base as Fields, options);
    if (verdict.allowed === code < 300) score.decision++;
    if (isDeepStrictEqual(causesOf(verdict), causes)) score.causes++;
    if (verdict.warnings.length === warnings) score.warnings++;
    if (!unchanged || keepsObject(base as Fields)) score.stored++;
  }
  return score;
}

/** An object that is sent as it is stored, with its version, changes nothing. */
function keepsObject(object: Fields): boolean {
  const options = { minor: 34, surroundings: EMPTY_CLUSTER, currentVersion: true };
  const verdict = admitUpdate(object, object, options);
  return verdict.object !== undefined && isDeepStrictEqual(JSON.parse(JSON.stringify(verdict.object)), object);
}

test("agrees with a real API server about replacements, kind by kind, no less than before", () => {
  const folder = join(FOLDER, "v1.34");
  const scores = Object.fromEntries(kindsIn(folder).map((kind) => [kind, scoreOf(readAnswers(folder, kind))]));
  expect(compareWithFloors(join(FOLDER, "floors.json"), scores, FIGURES, "API server, replacements")).toEqual([]);
}, 60_000);
