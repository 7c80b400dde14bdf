import { isPlaceholder } from "./placeholder.js";

test.each([
  "${TAG}",
  "nginx:${TAG}",
  "${TAG:-latest}",
  "$REPLICAS",
  "{CONTROLLER_NAME}",
  "@VERSION@",
  "@project.version@",
  "{{ .Values.replicas }}",
  "shop-{{ name }}",
  "%ENV%",
  "#{Environment}#",
  "<your-domain>",
  "<registry>/shop:<tag>",
  "<INSERT TOKEN HERE>",
])("%s is one", (text) => {
  expect(isPlaceholder(text)).toBe(true);
});

test.each([
  "$(date)",
  "$(POD_NAME)",
  "echo $HOME",
  "$name",
  "a < b > c",
  "<b>bold</b> text",
  "admin@example.com",
  "a@b@c",
  "100%",
  "50% of 20%",
  "{}",
  "{a: b}",
  "<>",
  "<1",
  "",
  7,
  null,
])("%j is none", (text) => {
  expect(isPlaceholder(text)).toBe(false);
});
