/** What XML 1.0 cannot hold, not even escaped. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

const picture = (c: string): string => (c < " " ? String.fromCharCode(0x2400 + c.charCodeAt(0)) : "\ufffd");

/** Text for an attribute's value: line breaks and tabs survive the normalization of attributes. */
export function escapeAttribute(text: string): string {
  return text.replace(FORBIDDEN, picture).replace(/[&<>"\t\n\r\u007f-\u009f]/g, escapeOne);
}

/** Text between tags; `]]>` cannot occur in it. */
export function escapeText(text: string): string {
  return text.replace(FORBIDDEN, picture).replace(/[&<>\r\u007f-\u009f]/g, escapeOne);
}

const escapeOne = (c: string): string => ENTITIES[c] ?? `&#${c.charCodeAt(0)};`;

/** Attributes as they stand in a tag, each after a space; undefined ones are left out. */
export function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  let text = "";
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) text += ` ${name}="${escapeAttribute(String(value))}"`;
  }
  return text;
}
