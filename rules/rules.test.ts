import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Message, Rule } from "../src/engine/rule.js";
import { dedent, expectedFindings, lintExample } from "../test/rule-tester.js";

const files = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap((folder) =>
    readdirSync(join(__dirname, folder.name))
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => `${folder.name}/${file}`),
  );

describe.each(files)("%s", (file) => {
  const rule = require(join(__dirname, file)).default as Rule;
  const [category, name] = file.split("/") as [string, string];
  // The message each finding came from, told apart by tagging the texts.
  const tagged: Rule = {
    ...rule,
    messages: Object.fromEntries(
      Object.entries(rule.messages).map(([id, word]) => [
        id,
        (data: never): Message => {
          const message = word(data);
          return { ...message, text: `${id}\0${message.text}` };
        },
      ]),
    ),
  };
  const seen = new Set<string>();

  test("is in the folder of its category, in the file of its id", () => {
    expect(rule.id).toBe(name.replace(/\.ts$/, ""));
    expect(rule.category).toBe(category);
  });

  test.each(Object.entries(rule.examples.bad))("bad: %s", (_, example) => {
    const result = lintExample([tagged], example);
    expect(result.faults).toEqual([]);
    const found = result.diagnostics.map((d) => {
      const [id, text] = d.message.split("\0") as [string, string];
      seen.add(id);
      expect(text).toMatch(/^[A-Z"`(]/);
      expect(text).not.toMatch(/\.$|undefined|\[object|NaN/);
      expect(`${d.help}`).not.toMatch(/\[object|NaN/);
      return `${d.source.position(d.span.start).line}: ${id}`;
    });
    expect(found.sort()).toEqual(expectedFindings(example));
    expect(found.length).toBeGreaterThan(0);
  });

  test.each(Object.entries(rule.examples.good))("good: %s", (_, example) => {
    const result = lintExample([rule], example);
    expect(result.faults).toEqual([]);
    expect(result.diagnostics.map((d) => d.message)).toEqual([]);
  });

  test("every message has a bad example, and there is a good one", () => {
    expect([...seen].sort()).toEqual(Object.keys(rule.messages).sort());
    expect(Object.keys(rule.examples.good).length).toBeGreaterThan(0);
  });

  test("fixes leave nothing to find", () => {
    for (const example of Object.values(rule.examples.bad)) {
      const result = lintExample([rule], example);
      const fixed = result.diagnostics.filter((d) => d.fix);
      if (fixed.length === 0) continue;
      let text = dedent(typeof example === "string" ? example : example.manifests);
      const edits = fixed.flatMap((d) => d.fix!.edits).sort((a, b) => b.span.start - a.span.start);
      for (const { span, newText } of edits) text = text.slice(0, span.start) + newText + text.slice(span.end);
      const again = lintExample([rule], typeof example === "string" ? text : { ...example, manifests: text });
      expect(again.diagnostics).toHaveLength(result.diagnostics.length - fixed.length);
    }
  });
});
