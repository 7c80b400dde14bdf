import fc from "fast-check";
import { isImagePlaceholder, parseImage } from "./images.js";

test.each([
  ["nginx", { repository: "nginx" }],
  ["nginx:1.27", { repository: "nginx", tag: "1.27" }],
  ["library/nginx:1.27", { repository: "library/nginx", tag: "1.27" }],
  ["localhost/app", { registry: "localhost", repository: "app" }],
  ["localhost:5000/app", { registry: "localhost:5000", repository: "app" }],
  ["registry.k8s.io/pause:3.9", { registry: "registry.k8s.io", repository: "pause", tag: "3.9" }],
  ["[fd00::1]:5000/app:1", { registry: "[fd00::1]:5000", repository: "app", tag: "1" }],
  ["Registry/app", { registry: "Registry", repository: "app" }],
  ["a/b__c/d--e.f", { repository: "a/b__c/d--e.f" }],
])("%s", (text, expected) => {
  expect(parseImage(text)).toEqual({ registry: undefined, tag: undefined, digest: undefined, ...expected });
});

test("a digest beside a tag", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  expect(parseImage(`quay.io/a/b:v1@${digest}`)).toMatchObject({ tag: "v1", digest });
});

test.each([
  ["NGINX/app/B", /upper-case/],
  ["Nginx", /upper-case/],
  ["nginx:", /colon/],
  ["nginx:-1", /malformed tag/],
  ["nginx:a b", /white space/],
  ["nginx@sha256:12", /digest/],
  ["https://docker.io/nginx", /scheme|starts with/],
  ["docker.io//nginx", /empty path/],
  ["docker.io/", /no name/],
  ["a_/b", /malformed path/],
  ["a...b/c", /malformed registry/],
  ["my_registry.io/app", /malformed registry/],
  [`${"a".repeat(256)}`, /longer/],
])("%s has a mistake", (text, mistake) => {
  expect(parseImage(text)).toMatchObject({ mistake: expect.stringMatching(mistake) });
});

test("any text gets an answer", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."aA0/.:@-_[] é") }), (text) => {
      const image = parseImage(text);
      if (!("mistake" in image)) {
        const { registry, repository, tag, digest } = image;
        expect(
          (registry ? `${registry}/` : "") + repository + (tag ? `:${tag}` : "") + (digest ? `@${digest}` : ""),
        ).toBe(text);
      }
    }),
  );
});

test("a hostile name takes no time", () => {
  expect(parseImage(`${"a-".repeat(50_000)}!`)).toBeDefined();
  expect(parseImage(`${"a.".repeat(50_000)}/${"a".repeat(50_000)}:${"x".repeat(50_000)}`)).toBeDefined();
});

test.each(["IMAGE", "REPLACE_ME:latest", "$(IMAGE)", "ko://github.com/a/b", "__IMAGE__:1"])(
  "%s is filled in",
  (text) => {
    expect(isImagePlaceholder(text)).toBe(true);
  },
);
test.each(["nginx", "Nginx", "NGINX/app"])("%s is not", (text) => {
  expect(isImagePlaceholder(text)).toBe(false);
});
