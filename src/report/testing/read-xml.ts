/** What `readXml` gives: elements with their attributes and content. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Reads XML as strictly as a parser must, within what reporters write (no CDATA, comments, namespaces); throws. */
export function readXml(xml: string): XmlElement {
  if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(xml)) throw new Error("a character XML forbids");
  const prolog = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(xml);
  if (!prolog) throw new Error("no XML declaration");
  let at = prolog[0].length;

  function readElement(): XmlElement {
    const tag = /<([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>/y;
    tag.lastIndex = at;
    const match = tag.exec(xml);
    if (!match) throw new Error(`no element at ${JSON.stringify(xml.slice(at, at + 60))}`);
    at = tag.lastIndex;
    const attributes: Record<string, string> = {};
    for (const [, name, value] of match[2]!.matchAll(/([\w.-]+)="([^"]*)"/g)) {
      if (name! in attributes) throw new Error(`attribute ${name} twice`);
      attributes[name!] = decode(value!.replace(/[\t\n\r]/g, " "));
    }
    const children: XmlElement[] = [];
    let text = "";
    if (match[3] === "/") return { name: match[1]!, attributes, children, text };
    for (;;) {
      const next = xml.indexOf("<", at);
      if (next < 0) throw new Error(`${match[1]} is not closed`);
      const raw = xml.slice(at, next);
      if (raw.includes("]]>")) throw new Error("]]> in text");
      text += decode(raw);
      at = next;
      if (xml.startsWith(`</${match[1]}>`, at)) {
        at += match[1]!.length + 3;
        return { name: match[1]!, attributes, children, text };
      }
      children.push(readElement());
    }
  }

  const root = readElement();
  if (xml.slice(at).trim() !== "") throw new Error("text after the root element");
  return root;
}

function decode(text: string): string {
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const number = /^#(\d+)$/.exec(name);
    const value = number ? String.fromCodePoint(Number(number[1])) : ENTITIES[name];
    if (value === undefined || !whole.endsWith(";")) throw new Error(`entity ${whole}`);
    return value;
  });
}
