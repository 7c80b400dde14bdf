/** One value of the Distinguished Encoding Rules: https://www.itu.int/rec/T-REC-X.690 */
export interface DerValue {
  readonly tag: number;
  readonly content: Buffer;
  /** With tag and length. */
  readonly whole: Buffer;
}

export const SEQUENCE = 0x30;
export const SET = 0x31;
export const OBJECT_ID = 0x06;
export const INTEGER = 0x02;
export const BIT_STRING = 0x03;

/** Lengths of four bytes and more are beyond any manifest. */
const MOST_LENGTH_BYTES = 3;

/** The values that stand in a row, as those within a sequence do; undefined where the bytes are none. */
export function readValues(bytes: Buffer): DerValue[] | undefined {
  const values: DerValue[] = [];
  for (let at = 0; at < bytes.length; ) {
    const value = readValue(bytes, at);
    if (value === undefined) return undefined;
    values.push(value);
    at += value.whole.length;
  }
  return values;
}

/** Lengths take as few bytes as they need; tags of several bytes are in no certificate request. */
function readValue(bytes: Buffer, start: number): DerValue | undefined {
  const [tag, first] = [bytes[start], bytes[start + 1]];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f) return undefined;
  let [length, from] = [first, start + 2];
  if (first > 0x7f) {
    const count = first & 0x7f;
    if (count === 0 || count > MOST_LENGTH_BYTES || from + count > bytes.length) return undefined;
    length = bytes.readUIntBE(from, count);
    if (bytes[from] === 0 || length < 0x80) return undefined;
    from += count;
  }
  const end = from + length;
  if (end > bytes.length) return undefined;
  return { tag, content: bytes.subarray(from, end), whole: bytes.subarray(start, end) };
}
