import type { Message } from "../rule.js";
import { didYouMean, list } from "../wording.js";
import type { ServerCause } from "./cause.js";

/** More allowed values than these are not listed. */
const MOST_LISTED = 8;
const REFUSED = "the API server refuses it";

/** Of a value that is wrong in itself: `Service "web" has spec.type "Lb", which is ...`. */
export function wordWrongValue({ subject, field, value, within, why }: ServerCause): Message {
  // Behind the colon stands what is allowed.
  const colon = why.indexOf(": ");
  const fault = colon < 0 ? why : why.slice(0, colon);
  const help = colon < 0 ? undefined : capital(why.slice(colon + 2));
  if (value === undefined) return { text: `In ${subject}, ${field || "it"} ${fault}; ${REFUSED}`, help };
  const what = within ? `${value} in ${field}` : `${field} ${value}`;
  return { text: `${subject} has ${what}, which ${fault}; ${REFUSED}`, help };
}

/** Of a value that is none of the few that are taken. */
export function wordUnsupportedValue(cause: ServerCause): Message {
  const { subject, field, value, within, allowed = [], nearest } = cause;
  const what = value === undefined ? field : within ? `${value} in ${field}` : `${field} ${value}`;
  const choice =
    allowed.length === 0
      ? undefined
      : allowed.length === 1
        ? `It can be ${allowed[0]}`
        : allowed.length <= MOST_LISTED
          ? `It can be ${allowed.join(" or ")}`
          : undefined;
  return {
    text: `${subject} has ${what}, which the API server does not take there`,
    help: [didYouMean(nearest), choice].filter(Boolean).join(" ") || undefined,
  };
}

/** Of a field that has to be there, or has to hold more than it does. */
export function wordMissingValue({ subject, field, why, others, lacking }: ServerCause): Message {
  const help = why === "" ? undefined : capital(why);
  if (lacking === "incomplete")
    return { text: `In ${subject}, ${field} lacks what the API server asks for${why === "" ? "" : `: ${why}`}` };
  if (lacking === "empty") return { text: `${subject} has an empty ${field}; ${REFUSED}`, help };
  return { text: `${subject} has no ${list([field, ...others])}; ${REFUSED}`, help };
}

/** Of a field that must not be there; `why` is a sentence. */
export const wordForbiddenField = ({ subject, field, why }: ServerCause): Message => ({
  text: `${subject} has ${field}, which the API server refuses here`,
  help: why === "" ? undefined : capital(why),
});

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Of an item that is in its list a second time. */
export const wordDuplicate = ({ subject, field, value }: ServerCause): Message => ({
  text: `${subject} repeats ${value === undefined ? field : `${value} in ${field}`}; ${REFUSED}`,
});

/** Of a name that nothing in the object has. */
export const wordUndefinedName = ({ subject, field, value }: ServerCause): Message => ({
  text: `${subject} names ${value ?? "something"} in ${field}, and has nothing of that name; ${REFUSED}`,
});

/** Of what is refused for the object as a whole; `why` is a sentence. */
export const wordRefusal = ({ subject, why }: ServerCause): Message => ({
  text: `${subject} is refused by the API server: ${why.charAt(0).toLowerCase()}${why.slice(1)}`,
});

/** Of anything in a schema: the reasons are as many as for objects. */
export function wordSchemaCause(cause: ServerCause): Message {
  if (cause.lacking) return wordMissingValue(cause);
  if (cause.allowed) return wordUnsupportedValue(cause);
  return cause.value === undefined && /^[A-Z]/.test(cause.why) ? wordForbiddenField(cause) : wordWrongValue(cause);
}
