import { type IpAddress, parseIp } from "./addresses.js";
import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";

/** Addresses that mean a place on each machine, not one in the network. */
const SPECIAL: readonly {
  readonly what: string;
  readonly holds: (bytes: readonly number[], family: 4 | 6) => boolean;
}[] = [
  { what: "is the unspecified address", holds: (bytes) => bytes.every((byte) => byte === 0) },
  {
    what: "is a loopback address",
    holds: (bytes, family) =>
      family === 4 ? bytes[0] === 127 : bytes.every((byte, i) => byte === (i === bytes.length - 1 ? 1 : 0)),
  },
  {
    what: "is a link-local address",
    holds: ([a, b], family) => (family === 4 ? a === 169 && b === 254 : a === 0xfe && (b! & 0xc0) === 0x80),
  },
  {
    what: "is a link-local multicast address",
    holds: ([a, b, c], family) => (family === 4 ? a === 224 && b === 0 && c === 0 : a === 0xff && (b! & 0x0f) === 2),
  },
];

/** Endpoints and external addresses are in the network. */
export function checkNotSpecial({ bytes, family }: IpAddress, text: string, at: FieldPath, errors: FieldErrors): void {
  for (const { what, holds } of SPECIAL) if (holds(bytes, family)) errors.invalid(at, text, what);
}

/** The same for a text that may be no address; that is said, too. */
export function checkOrdinaryAddress(text: string, at: FieldPath, errors: FieldErrors): void {
  const address = parseIp(text);
  if (address === undefined) errors.invalid(at, text, "is no IP address");
  else checkNotSpecial(address, text, at, errors);
}
