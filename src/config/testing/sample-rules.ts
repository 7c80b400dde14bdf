import { defineRule, type Rule, type RuleOptions } from "../../rule-api.js";

/** Rules that check nothing, so that tests of configurations do not depend on which rules there are. */
function sampleRule(
  id: string,
  more: { aliases?: string[]; options?: RuleOptions; preset?: Rule["preset"] } = {},
): Rule {
  return defineRule({
    id,
    category: "reliability",
    since: "0.1.0",
    summary: `A rule called ${id}.`,
    why: "Nothing happens.",
    messages: {},
    each: "resource",
    check: () => undefined,
    examples: { bad: {}, good: {} },
    ...more,
  });
}

export const SAMPLE_RULES: readonly Rule[] = [
  sampleRule("image-tag-latest", { aliases: ["latest-tag"], preset: "minimal" }),
  sampleRule("min-replicas", {
    options: { replicas: { summary: "The least number.", default: 2, minimum: 1, maximum: 100 } },
  }),
  sampleRule("labels-missing", {
    preset: "strict",
    options: {
      labels: { summary: "The labels.", default: ["app.kubernetes.io/name"] },
      kinds: { summary: "Where.", default: ["Pod"], values: ["Pod", "Deployment", "Service"] },
      style: { summary: "How.", default: "kebab", values: ["kebab", "camel"] },
      strict: { summary: "Whether unknown ones count.", default: false },
    },
  }),
];
