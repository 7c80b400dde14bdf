import { nextRuns } from "./cron-runs.js";

const from = Date.UTC(2025, 0, 1, 0, 0, 30) / 1000;
const runs = (schedule: string, count = 2, timeZone?: string, start = from) =>
  nextRuns({ spec: { schedule, timeZone, jobTemplate: undefined as never } }, start, count).map((run) =>
    new Date(run * 1000).toISOString().replace(":00.000Z", "").replace("T", " "),
  );

test.each([
  ["*/5 * * * *", ["2025-01-01 00:05", "2025-01-01 00:10"]],
  ["0 0 1 1 *", ["2026-01-01 00:00", "2027-01-01 00:00"]],
  ["@daily", ["2025-01-02 00:00", "2025-01-03 00:00"]],
  ["@every 90m", ["2025-01-01 01:30:30.000Z", "2025-01-01 03:00:30.000Z"]],
  ["0 12 29 2 *", ["2028-02-29 12:00", "2032-02-29 12:00"]],
  // Both days restricted: either will do.
  ["0 0 3 * MON", ["2025-01-03 00:00", "2025-01-06 00:00"]],
  // A star with a step is a restriction, one with step 1 is not.
  ["0 0 */1 * MON", ["2025-01-06 00:00", "2025-01-13 00:00"]],
  ["0 0 31 2 *", []],
  ["daily", []],
  ["TZ=UTC 0 0 * * *", []],
])("%s", (schedule, expected) => {
  expect(runs(schedule)).toEqual(expected);
});

test("a time zone's clocks are asked, and a time they leap over is no run", () => {
  expect(runs("0 9 * * *", 1, "Europe/Paris")).toEqual(["2025-01-01 08:00"]);
  expect(runs("0 9 * * *", 1, "Asia/Kolkata")).toEqual(["2025-01-01 03:30"]);
  const march = Date.UTC(2025, 2, 29, 12) / 1000;
  expect(runs("30 2 * * *", 1, "Europe/Paris", march)).toEqual(["2025-03-31 00:30"]);
  expect(runs("0 0 * * *", 1, "No/Where")).toEqual(["2025-01-02 00:00"]);
});

test("each run is later than the one before, and fits", () => {
  const all = nextRuns({ spec: { schedule: "7,37 */6 * * 1-5", jobTemplate: undefined as never } }, from, 200);
  expect(all).toHaveLength(200);
  for (const [i, run] of all.entries()) {
    const date = new Date(run * 1000);
    expect(run).toBeGreaterThan(all[i - 1] ?? from);
    expect([7, 37]).toContain(date.getUTCMinutes());
    expect(date.getUTCHours() % 6).toBe(0);
    expect([1, 2, 3, 4, 5]).toContain(date.getUTCDay());
  }
});
