import { absoluteUri, cleanPath, fileUri, relativeUri } from "./file-uri.js";

test("relative paths", () => {
  expect(relativeUri("./k8s/a b#1.yaml")).toBe("k8s/a%20b%231.yaml");
  expect(relativeUri("k8s/../x.yaml")).toBe("x.yaml");
  expect(relativeUri("-")).toBe("-");
  expect(relativeUri("../x.yaml")).toBeUndefined();
  expect(relativeUri("/etc/x.yaml")).toBeUndefined();
  expect(relativeUri("C:\\x.yaml")).toBeUndefined();
});

test("absolute URIs", () => {
  expect(absoluteUri("../x.yaml", "/home/ada/shop")).toBe("file:///home/ada/x.yaml");
  expect(absoluteUri("/etc/x.yaml", "/home")).toBe("file:///etc/x.yaml");
  expect(absoluteUri("D:\\a\\b.yaml", "C:\\work")).toBe("file:///D:/a/b.yaml");
  expect(absoluteUri("b.yaml", "C:\\work")).toBe("file:///C:/work/b.yaml");
  expect(fileUri("/", true)).toBe("file:///");
  expect(fileUri("/home/grüße", true)).toBe("file:///home/gr%C3%BC%C3%9Fe/");
});

test("paths as reports name them", () => {
  expect(cleanPath("././a/b.yaml")).toBe("a/b.yaml");
  expect(cleanPath("a\\b.yaml")).toBe("a/b.yaml");
});
