import type { Message } from "../rule.js";
import { didYouMean, list } from "../wording.js";
import type { ServerCause } from "./cause.js";

/** More allowed values than these are not listed. */
const MOST_LISTED = 8;
const REFUSED = "the API server refuses it";

/** The message of every rule on what the API server refuses. */
export function wordCause(cause: ServerCause): Message {
  if (cause.field === "") return { text: `${cause.subject} is refused by the API server: ${lowerFirst(cause.why)}` };
  switch (cause.reason) {
    case "FieldValueRequired":
      return wordMissing(cause);
    case "FieldValueNotSupported":
      return wordUnsupported(cause);
    case "FieldValueForbidden":
      return wordForbidden(cause);
    case "FieldValueDuplicate":
    case "FieldDuplicate":
      return { text: `${cause.subject} repeats ${inField(cause)}; ${REFUSED}` };
    case "FieldValueNotFound":
      return { text: `${cause.subject} names ${inField(cause)}, and has nothing of that name; ${REFUSED}` };
    default:
      return wordWrong(cause);
  }
}

/** `"Lb" in spec.type`; without a value to show, the field. */
const inField = ({ field, value }: ServerCause): string => (value === undefined ? field : `${value} in ${field}`);

function wordWrong(cause: ServerCause): Message {
  const { subject, field, value, within, why, form, presence } = cause;
  const help = form === undefined ? undefined : `Allowed are ${form}`;
  if (presence === "absent" && value !== undefined) {
    const implied = value === '""' ? "empty" : value;
    return { text: `${subject} has no ${field}, so that it is ${implied}, which ${why}; ${REFUSED}`, help };
  }
  if (value === undefined) return { text: `In ${subject}, ${field || "it"} ${why}; ${REFUSED}`, help };
  const what = within ? `${value} in ${field}` : `${field} ${value}`;
  return { text: `${subject} has ${what}, which ${why}; ${REFUSED}`, help };
}

function wordUnsupported({ subject, field, value, within, allowed = [], nearest, presence }: ServerCause): Message {
  const text =
    presence === "absent"
      ? `${subject} has no ${field}; ${REFUSED}`
      : `${subject} has ${value === undefined ? field : within ? `${value} in ${field}` : `${field} ${value}`}, which the API server does not take there`;
  const choice =
    allowed.length > 0 && allowed.length <= MOST_LISTED
      ? `It can be ${allowed.map((each) => each || '""').join(" or ")}`
      : undefined;
  return { text, help: [didYouMean(nearest || undefined), choice].filter(Boolean).join(" ") || undefined };
}

function wordMissing({ subject, field, why, others, presence }: ServerCause): Message {
  if (presence === "given")
    return { text: `In ${subject}, ${field} lacks what the API server asks for${why === "" ? "" : `: ${why}`}` };
  const help = why === "" ? undefined : why.charAt(0).toUpperCase() + why.slice(1);
  // Without a name the subject says it.
  if (field === "metadata.name") return { text: `${subject} is refused by the API server`, help };
  if (presence === "empty") return { text: `${subject} has an empty ${field}; ${REFUSED}`, help };
  return { text: `${subject} has no ${list([field, ...others])}; ${REFUSED}`, help };
}

/** The reason is a sentence. */
const wordForbidden = ({ subject, field, why }: ServerCause): Message => ({
  text: `${subject} has ${field}, which the API server refuses here${why === "" ? "" : `: ${lowerFirst(why)}`}`,
});

/** Within a sentence; names of kinds and values stay as they are. */
const lowerFirst = (text: string): string =>
  /^(A|An|The|There|Only|No|Without|Where|Objects|Requests|Comparing|Ephemeral|Operator|Metric)\b/.test(text)
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
