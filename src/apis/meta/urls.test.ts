import fc from "fast-check";
import { parseUrl } from "./urls.js";

test("takes a URL apart", () => {
  expect(parseUrl("HTTPS://me:x@host.example:8443/a/b?c=d#e")).toEqual({
    scheme: "https",
    host: "host.example:8443",
    hasUser: true,
    query: "c=d",
    fragment: "e",
  });
});

test.each([
  ["", "", ""],
  ["host", "", ""],
  ["/path", "", ""],
  ["//host/path", "", "host"],
  ["host:80", "host", ""],
  ["https://", "https", ""],
  ["https:///x", "https", ""],
  ["https://[::1]:443/x", "https", "[::1]:443"],
  ["https://%C3%BC/", "https", "%C3%BC"],
  ["https://ü", "https", "ü"],
  ["2001:db8::1", undefined, undefined],
  ["1Gi", "", ""],
])("%j has scheme %j and host %j", (text, scheme, host) => {
  expect(parseUrl(text)?.scheme).toBe(scheme);
  expect(parseUrl(text)?.host).toBe(host);
});

test.each([
  ":x",
  "a b://",
  "https://a b/",
  "https://h:x/",
  "https://[::1/",
  "https://h/%zz",
  "https://h\n/",
  "https://%41/",
])("%j is read as no URL with a host", (text) => {
  expect(parseUrl(text)?.host ?? "").toBe("");
});

test("any text is answered", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseUrl(text)));
});
