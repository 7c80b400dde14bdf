import { formatIp, isNetworkAddress, parseCidr, parseIp } from "./addresses.js";
import { isWholeAmount, roundedToMilli } from "./amounts.js";
import { hasBackstep } from "./file-paths.js";
import { isNoneOf, percentOf } from "./int-or-percent.js";
import {
  configKeyFault,
  dnsLabelFault,
  dnsSubdomainFault,
  labelValueFault,
  type NameCheck,
  portNameFault,
  qualifiedNameFault,
  relaxedEnvNameFault,
} from "./names.js";
import { isTimeZone } from "./time-zones.js";

const FORMS: readonly (readonly [string, NameCheck, readonly string[], readonly string[]])[] = [
  ["label", dnsLabelFault, ["a", "a-1", "1"], ["", "-a", "a.b", "A", "a\n", "a".repeat(64)]],
  ["name", dnsSubdomainFault, ["a.b", "a"], ["", ".a", "a..b", "a_b", "a.b-", "a.".repeat(127)]],
  ["qualified name", qualifiedNameFault, ["a", "A_b.c", "x.io/a"], ["", "/a", "x/", "a/b/c", "X.io/a", "a b"]],
  ["label value", labelValueFault, ["", "a", "A_b.c"], ["-a", "a/b", "a".repeat(64)]],
  ["port", portNameFault, ["a", "80-a"], ["80", "a--b", "-a", "A", "a".repeat(16)]],
  ["key", configKeyFault, [".a", "a_b"], [".", "..a", "a/b", "", "ä"]],
  ["variable", relaxedEnvNameFault, ["a b", "1:2"], ["", "a=b", "ä"]],
];

test.each(FORMS)("%s", (_, fault, good, bad) => {
  expect(good.filter((text) => fault(text) !== undefined)).toEqual([]);
  expect(bad.filter((text) => fault(text) === undefined)).toEqual([]);
});

test("addresses", () => {
  for (const [text, canonical] of [
    ["010.0.0.1", "10.0.0.1"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["2001:DB8:0:0::1", "2001:db8::1"],
    ["::", "::"],
    ["1:0:0:2:0:0:0:3", "1:0:0:2::3"],
  ] as const)
    expect(formatIp(parseIp(text)!)).toBe(canonical);
  for (const text of ["", "1.2.3", "1.2.3.256", "1:2", "::1::", "fe80::1%eth0", "1:2:3:4:5:6:7:8::", ":1", "a.b.c.d"])
    expect(parseIp(text)).toBeUndefined();
  expect(isNetworkAddress(parseCidr("10.0.0.0/8")!)).toBe(true);
  expect(isNetworkAddress(parseCidr("10.1.0.0/8")!)).toBe(false);
  for (const text of ["10.0.0.0", "10.0.0.0/33", "10.0.0.0/-1", "::/129", "x/8"])
    expect(parseCidr(text)).toBeUndefined();
});

test("amounts are kept to a thousandth", () => {
  expect([roundedToMilli("1500u"), roundedToMilli("100m"), roundedToMilli("1n"), roundedToMilli("1Gi")]).toEqual([
    "2m",
    "100m",
    "1m",
    "1Gi",
  ]);
  expect([isWholeAmount("1500m"), isWholeAmount("2"), isWholeAmount("1Ki")]).toEqual([false, true, true]);
});

test("percentages, paths, time zones", () => {
  expect([percentOf("25%"), percentOf(25), percentOf("-1%")]).toEqual([25, undefined, undefined]);
  expect([isNoneOf("0%"), isNoneOf(0), isNoneOf("1%")]).toEqual([true, true, false]);
  expect([hasBackstep("a/../b"), hasBackstep("a..b/...")]).toEqual([true, false]);
  const zones = ["UTC", "Etc/UTC", "Europe/Berlin", "America/Port-au-Prince", "Africa/Dar_es_Salaam", "US/Pacific"];
  expect(zones.filter((zone) => !isTimeZone(zone))).toEqual([]);
  expect(["", "utc", "europe/berlin", "EUROPE/BERLIN", "Mars/Olympus", "Local", "UTC!"].filter(isTimeZone)).toEqual([]);
});
