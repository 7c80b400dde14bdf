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
  "docker.io/{username}/shop",
  "{registry}/shop:1.4",
  "...",
  "...base64 encoded data...",
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
  "{name}",
  "a{1,3}",
  '{"a":1}',
  "and so on...",
  "{a: b}",
  "<>",
  "<1",
  "",
  7,
  null,
])("%j is none", (text) => {
  expect(isPlaceholder(text)).toBe(false);
});
