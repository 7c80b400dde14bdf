/**
 * Cron schedules as the CronJob controller reads them: five fields or a descriptor, in the dialect of
 * https://pkg.go.dev/github.com/robfig/cron/v3 that
 * https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax describes.
 */

interface Field {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly names: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: readonly Field[] = [
  { name: "minute", min: 0, max: 59, names: [] },
  { name: "hour", min: 0, max: 23, names: [] },
  { name: "day of month", min: 1, max: 31, names: [] },
  { name: "month", min: 1, max: 12, names: MONTHS },
  { name: "day of week", min: 0, max: 6, names: DAYS },
];
const DESCRIPTORS = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];
const DAYS_OF_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** What is wrong with a schedule, in the words that follow `has schedule "x"`; undefined where nothing is. */
export interface ScheduleMistake {
  readonly mistake: string;
  readonly remedy?: string;
  /** True where the server takes it, but no day ever fits. */
  readonly never: boolean;
}

/** Checks a schedule as the API server does, and whether any day of any year fits it. */
export function checkSchedule(schedule: string): ScheduleMistake | undefined {
  if (/(^|CRON_)TZ=/.test(schedule))
    return refused("which names a time zone", "Set spec.timeZone and leave it out of the schedule");
  if (schedule.startsWith("@")) return checkDescriptor(schedule);
  const texts = schedule.split(/\s+/).filter(Boolean);
  if (texts.length !== 5)
    return refused(
      `which has ${texts.length === 1 ? "1 field" : `${texts.length} fields`} instead of 5`,
      texts.length === 6 ? "There is no field for seconds: minute, hour, day of month, month, day of week" : FORM,
    );
  const sets: boolean[][] = [];
  for (const [i, field] of FIELDS.entries()) {
    const set = readField(texts[i]!, field);
    if ("mistake" in set) return set;
    sets.push(set.values);
  }
  return fitsSomeDay(sets, texts) ? undefined : { mistake: "which fits no day of any year", never: true };
}

/** The times that five fields name, by the numbers themselves; months begin with 1, the days of the week with Sunday. */
export interface CronFields {
  readonly minutes: readonly boolean[];
  readonly hours: readonly boolean[];
  readonly days: readonly boolean[];
  readonly months: readonly boolean[];
  readonly weekdays: readonly boolean[];
  /** A field of days that begins with a star: the other one alone decides. */
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

const DESCRIBED: Readonly<Record<string, string>> = {
  "@yearly": "0 0 1 1 *",
  "@annually": "0 0 1 1 *",
  "@monthly": "0 0 1 * *",
  "@weekly": "0 0 * * 0",
  "@daily": "0 0 * * *",
  "@midnight": "0 0 * * *",
  "@hourly": "0 * * * *",
};
const SECONDS_PER: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  µs: 1e-6,
  μs: 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};

/** What a schedule means: fields, or a number of whole seconds between runs. Undefined where it is not readable. */
export function readSchedule(schedule: string): CronFields | { readonly every: number } | undefined {
  if (/(^|CRON_)TZ=/.test(schedule)) return undefined;
  if (schedule.startsWith("@every ")) {
    if (checkDescriptor(schedule) !== undefined) return undefined;
    let seconds = 0;
    for (const [, amount, unit] of schedule.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
      seconds += Number(amount) * SECONDS_PER[unit!]!;
    return { every: Math.max(Math.floor(seconds), 1) };
  }
  const texts = (DESCRIBED[schedule] ?? schedule).split(/\s+/).filter(Boolean);
  if (texts.length !== 5) return undefined;
  const sets: boolean[][] = [];
  for (const [i, field] of FIELDS.entries()) {
    const set = readField(texts[i]!, field);
    if ("mistake" in set) return undefined;
    sets.push(set.values);
  }
  const [minutes, hours, days, months, weekdays] = sets as [boolean[], boolean[], boolean[], boolean[], boolean[]];
  return { minutes, hours, days, months, weekdays, anyDay: isStarred(texts[2]!), anyWeekday: isStarred(texts[4]!) };
}

const FORM =
  "Write minute, hour, day of month, month and day of week, or one of @hourly, @daily, @weekly, @monthly, @yearly";

const refused = (mistake: string, remedy?: string): ScheduleMistake => ({ mistake, remedy, never: false });

function checkDescriptor(text: string): ScheduleMistake | undefined {
  if (DESCRIPTORS.includes(text)) return undefined;
  if (text.startsWith("@every "))
    return /^[-+]?(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)((\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h))*$|^[-+]?0$/.test(
      text.slice(7),
    )
      ? undefined
      : refused("which has a malformed duration", "Write a duration such as @every 1h30m");
  return refused("which is no known descriptor", `The descriptors are ${DESCRIPTORS.join(", ")} and @every`);
}

/** One comma-separated field: `*`, `n`, `n-m`, each with `/step`. A number with a step goes on to the end. */
function readField(text: string, field: Field): { readonly values: boolean[] } | ScheduleMistake {
  const values = new Array<boolean>(field.max + 1).fill(false);
  for (const part of text.split(",")) {
    if (part === "") continue;
    const [range = "", step, ...more] = part.split("/");
    if (more.length > 0) return refused(`whose ${field.name} "${part}" has more than one slash`);
    const ends = range.split("-");
    let start: number | undefined;
    let end: number | undefined;
    if (ends[0] === "*" || ends[0] === "?") {
      [start, end] = [field.min, field.max];
    } else {
      if (ends.length > 2) return refused(`whose ${field.name} "${part}" has more than one hyphen`);
      start = readNumber(ends[0]!, field);
      end = ends.length === 2 ? readNumber(ends[1]!, field) : step === undefined ? start : field.max;
    }
    if (start === undefined || end === undefined)
      return refused(
        `whose ${field.name} "${part}" is no ${field.names.length > 0 ? "number or name" : "number"}`,
        field.names.length > 0 ? `The names are ${field.names.join(", ")}` : undefined,
      );
    const by = step === undefined ? 1 : readNumber(step, { ...field, names: [] });
    if (by === undefined) return refused(`whose ${field.name} "${part}" has a step that is no number`);
    if (by === 0) return refused(`whose ${field.name} "${part}" has a step of 0`);
    if (start < field.min || end > field.max)
      return refused(
        `whose ${field.name} "${part}" is outside ${field.min} to ${field.max}`,
        field.name === "day of week" && end === 7 ? "Sunday is 0" : undefined,
      );
    if (start > end) return refused(`whose ${field.name} "${part}" ends before it starts`);
    for (let n = start; n <= end; n += by) values[n] = true;
  }
  return { values };
}

function readNumber(text: string, field: Field): number | undefined {
  const name = field.names.indexOf(text.toLowerCase());
  if (name >= 0) return name + (field.names === MONTHS ? 1 : 0);
  return /^\+?\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** Where both day fields are restricted either will do; with one `*` both must fit, and only the date can rule a day out. */
function fitsSomeDay(
  [minutes, hours, days, months, weekdays]: readonly boolean[][],
  texts: readonly string[],
): boolean {
  const any = (set?: readonly boolean[]): boolean => set?.includes(true) ?? false;
  if (!any(minutes) || !any(hours) || !any(months)) return false;
  if (!isStarred(texts[2]!) && !isStarred(texts[4]!) && any(weekdays)) return true;
  if (!any(weekdays)) return false;
  return DAYS_OF_MONTH.some((length, month) => months![month + 1] && days!.some((on, day) => on && day <= length));
}

const isStarred = (text: string): boolean => text.split(",").some((part) => /^[*?](\/1)?$/.test(part));
