import type { FieldErrors } from "./field-errors.js";
import type { FieldPath } from "./field-path.js";

/**
 * IP addresses as most fields take them: IPv4 parts may have leading zeros, IPv6 may end in IPv4, there are no zones.
 * https://kubernetes.io/docs/concepts/services-networking/service/
 */
export interface IpAddress {
  readonly family: 4 | 6;
  /** 4 or 16; an IPv4 address written as IPv6 (`::ffff:1.2.3.4`) is IPv4. */
  readonly bytes: readonly number[];
}

/** `10.0.0.0/8`. */
export interface IpRange {
  readonly address: IpAddress;
  readonly bits: number;
}

export function parseIp(text: string): IpAddress | undefined {
  if (text.includes(":")) return parseIpv6(text);
  const bytes = parseIpv4(text);
  return bytes && { family: 4, bytes };
}

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  if (parts.length !== 4) return undefined;
  const bytes = parts.map((part) => (/^\d+$/.test(part) ? Number(part) : 256));
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

const MAPPED_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];

function parseIpv6(text: string): IpAddress | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, i) => groupBytes(half, i === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const filling = 16 - head.length - (tail?.length ?? 0);
  if (halves.length === 1 ? filling !== 0 : filling < 2) return undefined;
  const bytes = [...head, ...new Array<number>(filling).fill(0), ...(tail ?? [])];
  if (MAPPED_PREFIX.every((byte, i) => bytes[i] === byte)) return { family: 4, bytes: bytes.slice(12) };
  return { family: 6, bytes };
}

function groupBytes(text: string, last: boolean): number[] | undefined {
  if (text === "") return [];
  const bytes: number[] = [];
  const groups = text.split(":");
  for (const [i, group] of groups.entries()) {
    if (last && i === groups.length - 1 && group.includes(".")) {
      const ipv4 = parseIpv4(group);
      if (ipv4 === undefined) return undefined;
      bytes.push(...ipv4);
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return undefined;
      const value = Number.parseInt(group, 16);
      bytes.push(value >> 8, value & 255);
    }
  }
  return bytes;
}

export function parseCidr(text: string): IpRange | undefined {
  const slash = text.indexOf("/");
  if (slash < 0) return undefined;
  const address = parseIp(text.slice(0, slash));
  const length = text.slice(slash + 1);
  if (address === undefined || !/^\d+$/.test(length)) return undefined;
  const written = text.slice(0, slash).includes(":") ? 128 : 32;
  const bits = Number(length);
  return bits <= written ? { address, bits } : undefined;
}

/** Whether the bits of a range's address after its length are zero. */
export function isNetworkAddress({ address, bits }: IpRange): boolean {
  return address.bytes.every((byte, i) => {
    const free = Math.min(8, Math.max(0, (i + 1) * 8 - bits));
    return (byte & ((1 << free) - 1)) === 0;
  });
}

/** The canonical text: https://www.rfc-editor.org/rfc/rfc5952 */
export function formatIp({ family, bytes }: IpAddress): string {
  if (family === 4) return bytes.join(".");
  const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i]! << 8) | bytes[2 * i + 1]!).toString(16));
  let [start, length] = [-1, 1];
  for (let i = 0; i < 8; i++) {
    let end = i;
    while (end < 8 && groups[end] === "0") end++;
    if (end - i > length) [start, length] = [i, end - i];
  }
  if (start < 0) return groups.join(":");
  return `${groups.slice(0, start).join(":")}::${groups.slice(start + length).join(":")}`;
}

/** Reports what is no address; answers the address. */
export function checkIp(text: string, at: FieldPath, errors: FieldErrors): IpAddress | undefined {
  const address = parseIp(text);
  if (address === undefined) errors.invalid(at, text, "is no IP address");
  return address;
}

/** Reports what is no range; answers the range. */
export function checkCidr(text: string, at: FieldPath, errors: FieldErrors): IpRange | undefined {
  const range = parseCidr(text);
  if (range === undefined) errors.invalid(at, text, "is no CIDR, such as 10.9.8.0/24 or 2001:db8::/64");
  return range;
}
