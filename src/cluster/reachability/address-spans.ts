import { type IpAddress, parseCidr, parseIp } from "../../apis/meta/addresses.js";
import type { Match } from "../selection/selectors.js";

/** Addresses from the first to the last, as numbers. */
export interface AddressSpan {
  readonly family: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

const numberOf = ({ bytes }: IpAddress): bigint => bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** The addresses that `203.0.113.5`, `10.0.0.0/8` or `2001:db8::/64` means; undefined for any other text. */
export function parseSpan(text: string): AddressSpan | undefined {
  const address = parseIp(text);
  if (address) return { family: address.family, first: numberOf(address), last: numberOf(address) };
  const range = parseCidr(text);
  if (!range) return undefined;
  const { family } = range.address;
  const width = family === 4 ? 32 : 128;
  // An IPv4 range may be written as IPv6: `::ffff:10.0.0.0/104`.
  const mapped = family === 4 && text.includes(":");
  const free = BigInt(Math.max(0, width - (mapped ? range.bits - 96 : range.bits)));
  const first = (numberOf(range.address) >> free) << free;
  return { family, first, last: first + (1n << free) - 1n };
}

/** What of some spans is in none of others. */
export function subtract(spans: readonly AddressSpan[], excepted: readonly AddressSpan[]): AddressSpan[] {
  let rest = [...spans];
  for (const { family, first, last } of excepted)
    rest = rest.flatMap((span) => {
      if (span.family !== family || span.last < first || span.first > last) return span;
      return [
        ...(span.first < first ? [{ ...span, last: first - 1n }] : []),
        ...(span.last > last ? [{ ...span, first: last + 1n }] : []),
      ];
    });
  return rest;
}

/** Whether the spans hold all of some addresses, or none; some of them are `unknown`. */
export function covers(spans: readonly AddressSpan[], addresses: readonly AddressSpan[]): Match {
  const outside = subtract(addresses, spans);
  if (outside.length === 0) return "yes";
  const size = (all: readonly AddressSpan[]): bigint =>
    all.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  return size(outside) === size(addresses) ? "no" : "unknown";
}

const spansOf = (...texts: readonly string[]): AddressSpan[] => texts.map((text) => parseSpan(text)!);

/** What Pods have addresses from in nearly every cluster: https://www.rfc-editor.org/rfc/rfc1918 */
const PRIVATE_SPANS: readonly AddressSpan[] = spansOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
const PRIVATE_SPANS_6: readonly AddressSpan[] = spansOf("fc00::/7");

/** https://www.iana.org/assignments/iana-ipv4-special-registry/ */
const NOT_PUBLIC = spansOf(
  "0.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "198.18.0.0/15",
  "224.0.0.0/3",
);

/** The addresses of the IPv4 internet. */
export const PUBLIC_SPANS: readonly AddressSpan[] = subtract(spansOf("0.0.0.0/0"), [...PRIVATE_SPANS, ...NOT_PUBLIC]);

/**
 * Whether a block holds the addresses of Pods, which no manifest knows: all private ranges, or none of them. The API lets
 * blocks match Pods, and some network plugins do not: https://kubernetes.io/docs/concepts/services-networking/network-policies/
 */
export function coversPods(spans: readonly AddressSpan[]): Match {
  const four = covers(spans, PRIVATE_SPANS);
  if (four !== "no") return four;
  return covers(spans, PRIVATE_SPANS_6) === "no" ? "no" : "unknown";
}
