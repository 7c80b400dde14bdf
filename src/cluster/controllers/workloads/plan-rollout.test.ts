import fc from "fast-check";
import type { Deployment } from "../../../apis/types/apps.v1.generated.js";
import { planRollout } from "./plan-rollout.js";

const of = (kind: string, spec: object, nodes?: number) => planRollout({ kind, spec } as Deployment, nodes);
const told = ({ steps }: ReturnType<typeof planRollout>) =>
  steps.map(({ old, new: fresh }) => `${old}+${fresh}`).join(" ");
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => ({
  type: "RollingUpdate",
  rollingUpdate: { maxSurge, maxUnavailable },
});

test.each([
  [4, rolling("25%", "25%"), 1, 1, "4+1 2+1 2+3 0+3 0+4"],
  [3, rolling(0, 1), 0, 1, "2+0 2+1 1+1 1+2 0+2 0+3"],
  [3, rolling(1, 0), 1, 0, "3+1 2+1 2+2 1+2 1+3 0+3"],
  [1, rolling("25%", "25%"), 1, 0, "1+1 0+1"],
  // Both come to nothing: one may be missing all the same.
  [3, rolling(0, "25%"), 0, 1, "2+0 2+1 1+1 1+2 0+2 0+3"],
  [3, { type: "Recreate" }, 0, 3, "0+0 0+3"],
  [0, rolling(1, 1), 1, 0, ""],
])("a Deployment of %d with %j", (replicas, strategy, surge, unavailable, steps) => {
  const plan = of("Deployment", { replicas, strategy });
  expect([plan.surge, plan.unavailable, told(plan)]).toEqual([surge, unavailable, steps]);
});

test("a StatefulSet goes down to its partition, a DaemonSet from node to node", () => {
  const spec = { replicas: 4, ordinals: { start: 2 }, updateStrategy: { rollingUpdate: { partition: 1 } } };
  expect(of("StatefulSet", spec)).toMatchObject({ ordinals: { from: 5, to: 3 }, stepCount: 3, unavailable: 1 });
  expect(of("StatefulSet", { replicas: 4, updateStrategy: { type: "OnDelete" } })).toMatchObject({ steps: [] });
  const updateStrategy = { type: "RollingUpdate", rollingUpdate: { maxUnavailable: "30%" } };
  expect(told(of("DaemonSet", { updateStrategy }, 5))).toBe("3+2 1+4 0+5");
  expect(of("DaemonSet", { updateStrategy: { type: "OnDelete" } }, 5)).toMatchObject({
    steps: [],
    strategy: "OnDelete",
  });
});

test("huge numbers end", () => {
  expect(of("Deployment", { replicas: 2e9, strategy: rolling(1, 0) }).stepCount).toBeUndefined();
  expect(of("Deployment", { replicas: 2e9, strategy: rolling("25%", "25%") }).stepCount).toBe(5);
});

test("there are never more or fewer Pods than allowed, and all are new in the end", () => {
  const share = fc.oneof(
    fc.nat(12),
    fc.nat(100).map((percent) => `${percent}%`),
  );
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 60 }), share, share, (replicas, maxSurge, maxUnavailable) => {
      const { steps, surge, unavailable, stepCount } = of("Deployment", {
        replicas,
        strategy: rolling(maxSurge, maxUnavailable),
      });
      let available = replicas;
      let fresh = 0;
      for (const { old, new: made } of steps) {
        expect(old + made).toBeLessThanOrEqual(replicas + surge);
        available = old + fresh;
        expect(available).toBeGreaterThanOrEqual(replicas - unavailable);
        fresh = made;
      }
      if (stepCount === steps.length) expect(steps.at(-1)).toEqual({ old: 0, new: replicas });
    }),
  );
});
