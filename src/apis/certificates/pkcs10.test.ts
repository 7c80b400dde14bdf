import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import fc from "fast-check";
import { admitObject, EMPTY_CLUSTER } from "../index.js";
import { parseRequest, signatureFault } from "./pkcs10.js";

const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const objectId = (hex: string) => der(6, Buffer.from(hex, "hex"));

function makeRequest(keys: { publicKey: KeyObject; privateKey: KeyObject }, algorithm: Buffer, hash: string | null) {
  const organization = der(0x31, sequence(objectId("55040a"), der(0x0c, Buffer.from("system:masters"))));
  const key = keys.publicKey.export({ format: "der", type: "spki" });
  const info = sequence(der(2, Buffer.from([0])), sequence(organization), key, der(0xa0));
  const signature = sign(hash, info, keys.privateKey);
  return sequence(info, algorithm, der(3, Buffer.from([0]), signature));
}
const pem = (bytes: Buffer, label = "CERTIFICATE REQUEST", headers = "") =>
  `-----BEGIN ${label}-----\n${headers}${bytes.toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${label}-----\n`;
const fault = (text: string) => {
  const request = parseRequest(text);
  return typeof request === "string" ? request : signatureFault(request);
};

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ed = generateKeyPairSync("ed25519");
const SHA256_EC = sequence(objectId("2a8648ce3d040302"));
const SHA256_RSA = sequence(objectId("2a864886f70d01010b"), der(5));
const good = makeRequest(ec, SHA256_EC, "sha256");

test("takes requests signed with their own key", () => {
  for (const request of [
    good,
    makeRequest(rsa, SHA256_RSA, "sha256"),
    makeRequest(ed, sequence(objectId("2b6570")), null),
  ]) {
    expect(fault(pem(request))).toBeUndefined();
    expect(parseRequest(pem(request))).toMatchObject({ organizations: ["system:masters"] });
  }
  expect(fault(`text\n${pem(good, "CERTIFICATE REQUEST", "Proc-Type: 4\n\n")}more`)).toBeUndefined();
});

test.each([
  ["nothing", "", /PEM block/],
  ["another label", pem(good, "CERTIFICATE"), /PEM block/],
  ["another block first", pem(good, "CERTIFICATE") + pem(good), /PEM block/],
  ["bytes after the request", pem(Buffer.concat([good, Buffer.from([5, 0])])), /can be read/],
  ["half a request", pem(good.subarray(0, 100)), /can be read/],
  ["another algorithm", pem(makeRequest(ec, sequence(objectId("2a03")), "sha256")), /algorithm/],
  ["another kind of key", pem(makeRequest(ec, SHA256_RSA, "sha256")), /another kind of key/],
  ["another hash", pem(makeRequest(ec, SHA256_EC, "sha512")), /its own key/],
  [
    "another's signature",
    pem(
      makeRequest(
        { ...ec, publicKey: generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey },
        SHA256_EC,
        "sha256",
      ),
    ),
    /its own key/,
  ],
])("%s is refused", (_, text, why) => {
  expect(fault(text)).toMatch(why);
});

test("a change of any byte leaves no good request", () => {
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, difference) => {
      const changed = Buffer.from(good);
      changed[at]! ^= difference;
      return fault(pem(changed)) !== undefined;
    }),
    { numRuns: 1000 },
  );
});

test("any text is answered", () => {
  fc.assert(fc.property(fc.string(), (text) => void fault(text)));
});

test("nobody gets a certificate of system:masters for the API server", () => {
  const code = (signerName: string) =>
    admitObject(
      {
        apiVersion: "certificates.k8s.io/v1",
        kind: "CertificateSigningRequest",
        metadata: { name: "root" },
        spec: { request: Buffer.from(pem(good)).toString("base64"), signerName, usages: ["client auth"] },
      },
      { minor: 34, surroundings: EMPTY_CLUSTER },
    ).code;
  expect(code("kubernetes.io/kube-apiserver-client")).toBe(403);
  expect(code("example.com/client")).toBe(201);
  expect(code("kubernetes.io/legacy-unknown")).toBe(422);
});
