import { type CronFields, readSchedule } from "../../../apis/meta/cron-schedule.js";
import type { CronJob } from "../../../apis/types/batch.v1.generated.js";

/** A schedule that fits no day in so many years fits none: leap days on one day of the week come every 40 years at most. */
const YEARS_AHEAD = 41;
const DAY = 86_400;
/** How far clocks are put back at most. */
const LONGEST_LEAP = 3 * 3600;

/**
 * The moments (seconds since 1970) at which a CronJob is due next after one moment, in its time zone; UTC where it has
 * none. Fewer than asked for where the schedule is not readable or never due.
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
 */
export function nextRuns({ spec }: Pick<CronJob, "spec">, from: number, count: number): number[] {
  const runs: number[] = [];
  const schedule = readSchedule(spec.schedule);
  if (schedule === undefined) return runs;
  const clock = new ZoneClock(spec.timeZone);
  for (let last = from; runs.length < count; ) {
    const next = "every" in schedule ? Math.floor(last) + schedule.every : nextFitting(schedule, last, clock);
    if (next === undefined) break;
    runs.push(next);
    last = next;
  }
  return runs;
}

/** Whether both day fields, or either where both are restricted, fit a day. */
function fitsDay({ days, weekdays, anyDay, anyWeekday }: CronFields, day: number, weekday: number): boolean {
  const [fitsDate, fitsWeekday] = [days[day] ?? false, weekdays[weekday] ?? false];
  return anyDay || anyWeekday ? fitsDate && fitsWeekday : fitsDate || fitsWeekday;
}

/** Looks at local days first, then at the hours and minutes of one that fits. */
function nextFitting(fields: CronFields, after: number, clock: ZoneClock): number | undefined {
  const local = clock.localOf(after);
  const start = Math.floor(local / DAY) * DAY;
  const hours = fields.hours.flatMap((fits, hour) => (fits ? hour : []));
  const minutes = fields.minutes.flatMap((fits, minute) => (fits ? minute : []));
  for (let days = 0; days < YEARS_AHEAD * 366; days++) {
    const day = start + days * DAY;
    const date = new Date(day * 1000);
    if (!fields.months[date.getUTCMonth() + 1]) continue;
    if (!fitsDay(fields, date.getUTCDate(), date.getUTCDay())) continue;
    for (const hour of hours)
      for (const minute of minutes) {
        const shown = day + hour * 3600 + minute * 60;
        if (shown < local - LONGEST_LEAP) continue;
        const run = clock.momentOf(shown);
        if (run !== undefined && run > after) return run;
      }
  }
  return undefined;
}

/** What the clocks of a time zone show. A local time is written as the moment at which clocks in UTC show it. */
class ZoneClock {
  readonly #format: Intl.DateTimeFormat | undefined;

  constructor(zone: string | undefined) {
    if (zone === undefined || zone === "UTC" || zone === "Etc/UTC") return;
    try {
      this.#format = new Intl.DateTimeFormat("en-US", {
        timeZone: zone,
        hourCycle: "h23",
        year: "numeric",
        month: "numeric",
        day: "numeric",
        hour: "numeric",
        minute: "numeric",
        second: "numeric",
      });
    } catch {
      // A zone that is not known counts as UTC; that the server refuses it is said elsewhere.
    }
  }

  localOf(moment: number): number {
    if (this.#format === undefined) return moment;
    const parts: Record<string, number> = {};
    for (const { type, value } of this.#format.formatToParts(moment * 1000)) parts[type] = Number(value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
  }

  /** The first moment at which the clocks show a time; undefined of one that they leap over. */
  momentOf(local: number): number | undefined {
    if (this.#format === undefined) return local;
    const [before, after] = [local - DAY, local + DAY].map((near) => local - (this.localOf(near) - near));
    for (const moment of [Math.min(before!, after!), Math.max(before!, after!)])
      if (this.localOf(moment) === local) return moment;
    return undefined;
  }
}
