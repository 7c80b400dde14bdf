import type { PodFailurePolicy, PodFailurePolicyRule } from "../../../apis/types/batch.v1.generated.js";
import type { Pod } from "../../../apis/types/core.v1.generated.js";

/** What a Job makes of a Pod that failed. */
export interface FailureVerdict {
  /** `FailJob`, `FailIndex`, `Ignore`, `Count`; undefined where no rule matches. */
  readonly action?: string;
  /** Whether it counts towards the back-off limits. */
  readonly counts: boolean;
  /** Why the Job fails with it. */
  readonly message?: string;
}

/** The first rule that matches decides: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */
export function judgeFailure(policy: PodFailurePolicy | undefined, pod: Pod): FailureVerdict {
  for (const [i, rule] of (policy?.rules ?? []).entries()) {
    const why = whyMatches(rule, pod);
    if (why === undefined) continue;
    const { action } = rule;
    const message = action === "FailJob" ? `${why} matching FailJob rule at index ${i}` : undefined;
    return { action, counts: action !== "Ignore", message };
  }
  return { counts: true };
}

function whyMatches({ onExitCodes, onPodConditions }: PodFailurePolicyRule, pod: Pod): string | undefined {
  const name = `${pod.metadata.namespace}/${pod.metadata.name}`;
  if (onExitCodes !== undefined) {
    const { containerName, operator, values } = onExitCodes;
    const ended = exitCodes(pod).find(
      ([container, code]) =>
        code !== 0 &&
        (containerName === undefined || container === containerName) &&
        (values ?? []).includes(code) === (operator === "In"),
    );
    return ended && `Container ${ended[0]} for pod ${name} failed with exit code ${ended[1]}`;
  }
  const met = onPodConditions?.find(({ type, status }) =>
    pod.status?.conditions?.some((condition) => condition.type === type && condition.status === (status || "True")),
  );
  return met && `Pod ${name} has condition ${met.type}`;
}

/** The exit codes of a Pod's containers; one whose annotation has it fail does so with 1. */
function exitCodes({ spec, status }: Pod): (readonly [container: string, code: number])[] {
  const known = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].flatMap(
    ({ name, state }) => (state?.terminated ? [[name, state.terminated.exitCode] as const] : []),
  );
  if (known.length > 0 || status?.phase !== "Failed") return known;
  return (spec.containers ?? []).map(({ name }) => [name, 1] as const);
}
