import fc from "fast-check";
import { checkSchedule } from "./cron-schedule.js";

// Schedules and what a server of 1.34 said.
test.each([
  "* * * * *",
  "@daily",
  "@hourly",
  "0 9,17 1-7 JAN,APR,JUL,OCT MON",
  "*/5 8-18/2 ? * sun,tue-thu",
  "@weekly",
  "0-59/15 0-23 1-31 1-12 0-6",
  "@monthly",
  "@yearly",
  "30 2 * * 1-5",
  "0 0 1 1 *",
  "@every 1h30m",
  "0 0 29 2 *",
  "0 0 31 2 MON",
  "  5   4 * *  0 ",
])("%s is taken", (schedule) => {
  expect(checkSchedule(schedule)).toBeUndefined();
});

test.each([
  ["Not Valid!", /2 fields/],
  ["@dailyx", /descriptor/],
  ["100x", /1 field /],
  ["0 9,17 1-7 JAN,APR,JUL,OCT MONx", /day of week "MONx"/],
  ["0 0 0 1 1 *", /6 fields/],
  ["daily", /1 field /],
  ["61 0 1 1 *", /minute "61" is outside/],
  ["TZ=UTC 0 0 1 1 *", /time zone/],
  ["0 0 * * 7", /day of week "7" is outside 0 to 6/],
  ["0 0 5-1 * *", /ends before/],
  ["*/0 * * * *", /step of 0/],
  ["1/2/3 * * * *", /slash/],
  ["1-2-3 * * * *", /hyphen/],
  ["-1 * * * *", /no number/],
  ["@every soon", /duration/],
])("%s is refused", (schedule, mistake) => {
  expect(checkSchedule(schedule)).toMatchObject({ never: false, mistake: expect.stringMatching(mistake) });
});

test.each(["0 0 30 2 *", "0 0 31 4,6,9,11 *"])("%s never comes", (schedule) => {
  expect(checkSchedule(schedule)).toMatchObject({ never: true });
});

test("any text gets an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."*?0123456789-/, @aJN") }), (schedule) => {
      checkSchedule(schedule);
    }),
  );
});
