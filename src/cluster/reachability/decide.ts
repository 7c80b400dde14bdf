import type { NearRule, PolicyPlace, PossibleRule, SideAnswer, Verdict } from "./answers.js";
import type { Traffic } from "./endpoints.js";
import { type Answer, matchPort } from "./matching.js";
import type { Action, Direction, Peer, Policy, Rule } from "./policies.js";

/** A policy that selects a Pod, or may. */
export interface Selecting {
  readonly policy: Policy;
  readonly selects: Exclude<Answer, "no">;
}

/** The policies that select a Pod, by the turn in which they are asked. */
export interface SelectingPolicies {
  /** Ascending by priority. */
  readonly admin: readonly Selecting[];
  readonly network: readonly Selecting[];
  readonly baseline: readonly Selecting[];
}

/** Asks whether the other end is among a rule's peers. */
export type PeerMatcher = (peer: Peer) => Answer;

/** What decides, without whose end it is. */
export type Decision = Pick<SideAnswer, "verdict" | "reason" | "places" | "possible" | "near">;

const NONE: readonly never[] = [];
export const decision = (verdict: Verdict, reason: SideAnswer["reason"], more: Partial<Decision> = {}): Decision => ({
  places: NONE,
  possible: NONE,
  near: NONE,
  ...more,
  verdict,
  reason,
});

interface RuleMatch {
  readonly answer: Answer;
  /** Whether all but the port fits. */
  readonly otherPort: boolean;
}

function matchRule(rule: Rule, traffic: Traffic, matches: PeerMatcher): RuleMatch {
  const peer = rule.peers ? best(rule.peers, matches) : "yes";
  if (peer === "no") return { answer: "no", otherPort: false };
  const port = rule.ports ? best(rule.ports, (each) => matchPort(each, traffic.port, traffic.to)) : "yes";
  if (port === "no") return { answer: "no", otherPort: peer === "yes" };
  return { answer: peer === "yes" ? port : peer, otherPort: false };
}

/** The most that any of several gives. */
function best<T>(items: readonly T[], ask: (item: T) => Answer): Answer {
  let result: Answer = "no";
  for (const item of items) {
    const answer = ask(item);
    if (answer === "yes") return "yes";
    if (answer !== "no") result = answer;
  }
  return result;
}

/**
 * What the policies of one end make of traffic: AdminNetworkPolicies first, by priority; then NetworkPolicies, where one
 * that selects the Pod isolates it and any rule allows; then the baseline, where no NetworkPolicy isolates the Pod.
 * https://network-policy-api.sigs.k8s.io/reference/spec/
 */
export function decide(
  direction: Direction,
  policies: SelectingPolicies,
  traffic: Traffic,
  matches: PeerMatcher,
): Decision {
  const baseline = (): Decision =>
    byAdminRules(policies.baseline, direction, traffic, matches, "baseline rule", () =>
      decision("allowed", "not isolated"),
    );
  const network = (): Decision => byNetworkPolicies(policies.network, direction, traffic, matches, baseline);
  return byAdminRules(policies.admin, direction, traffic, matches, "admin rule", network);
}

function byNetworkPolicies(
  policies: readonly Selecting[],
  direction: Direction,
  traffic: Traffic,
  matches: PeerMatcher,
  otherwise: () => Decision,
): Decision {
  const isolating: PolicyPlace[] = [];
  const possible: PossibleRule[] = [];
  const near: NearRule[] = [];
  let perhapsIsolating = 0;
  let perhapsAllowing = 0;
  for (const { policy, selects } of policies) {
    const rules = policy[direction];
    if (!rules) continue;
    if (selects === "yes") isolating.push({ policy: policy.resource, at: "spec.podSelector" });
    else perhapsIsolating++;
    let allows = false;
    for (const rule of rules) {
      const { answer, otherPort } = matchRule(rule, traffic, matches);
      const place = { policy: policy.resource, at: rule.at };
      if (answer === "yes") {
        if (selects === "yes") return decision("allowed", "rule", { places: [place] });
        allows = true;
      } else if (answer !== "no") possible.push({ ...place, doubt: answer });
      else if (otherPort && rule.ports) near.push({ ...place, ports: rule.ports });
    }
    if (selects === "yes") continue;
    if (allows) perhapsAllowing++;
    possible.push({ policy: policy.resource, at: "spec.podSelector", doubt: selects });
  }
  if (isolating.length > 0)
    return possible.length === 0 || (perhapsAllowing === 0 && possible.every(({ at }) => at === "spec.podSelector"))
      ? decision("denied", "isolated", { places: isolating, near })
      : decision("unknown", "possible rules", { places: isolating, possible, near });
  const rest = otherwise();
  if (perhapsIsolating === 0) return rest;
  // Whichever of them select the Pod, one of these allows it.
  if (perhapsAllowing === perhapsIsolating && rest.verdict === "allowed") return rest;
  return decision("unknown", "possible rules", { possible, near });
}

/** The first rule that matches decides; rules that may match leave several outcomes, which may all be the same. */
function byAdminRules(
  policies: readonly Selecting[],
  direction: Direction,
  traffic: Traffic,
  matches: PeerMatcher,
  reason: "admin rule" | "baseline rule",
  otherwise: () => Decision,
): Decision {
  if (policies.length === 0) return otherwise();
  const outcomes: { readonly action: Action; readonly place: PolicyPlace; readonly doubt: Answer }[] = [];
  let certainAt: number | undefined;
  for (const { policy, selects } of policies) {
    // Policies of one priority may be asked in any order, so all of them count.
    if (certainAt !== undefined && policy.priority !== certainAt) break;
    for (const rule of policy[direction] ?? []) {
      const { answer } = matchRule(rule, traffic, matches);
      if (answer === "no") continue;
      const certain = answer === "yes" && selects === "yes";
      const doubt = answer === "yes" ? selects : answer;
      outcomes.push({ action: rule.action, place: { policy: policy.resource, at: rule.at }, doubt });
      if (!certain) continue;
      certainAt = policy.priority ?? Number.NaN;
      break;
    }
  }
  if (outcomes.length === 0) return otherwise();
  const decisions = outcomes.map(({ action, place }) =>
    action === "Pass" ? otherwise() : decision(action === "Allow" ? "allowed" : "denied", reason, { places: [place] }),
  );
  if (certainAt === undefined) decisions.push(otherwise());
  const [first] = decisions;
  if (decisions.every(({ verdict }) => verdict === first!.verdict)) return first!;
  return decision("unknown", "possible rules", {
    places: outcomes.flatMap(({ place, doubt }) => (doubt === "yes" ? place : [])),
    possible: outcomes.flatMap(({ place, doubt }) => (doubt === "yes" || doubt === "no" ? [] : { ...place, doubt })),
  });
}
