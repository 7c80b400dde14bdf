import { readText } from "../../input/index.js";
import { collectCustomTypes, loadTypes } from "../../schema/index.js";
import { podTemplateOf } from "../pods/pod-template.js";
import { type KubernetesObject, Resource } from "../resource.js";
import { ProducedObjects } from "./produced-objects.js";

function producedBy(text: string): ProducedObjects {
  const types = loadTypes(34, collectCustomTypes([]));
  const resources = readText("example.yaml", text).manifests.map((manifest) => {
    const { facts } = types.decode(manifest.value);
    return new Resource(manifest.value as KubernetesObject, manifest, facts);
  });
  return new ProducedObjects(
    resources,
    resources.flatMap((resource) => podTemplateOf(resource) ?? []),
  );
}

/** `none`, `scripted`, `any` for unknown keys, or the keys. */
function found(text: string, kind: string, name: string, namespace = ""): string {
  const object = producedBy(text).find(kind, namespace, name);
  if (object === undefined) return "none";
  if (object.producer === undefined) return "scripted";
  return object.keys ? [...object.keys].join(",") : "any";
}

const custom = (apiVersion: string, kind: string, name: string, spec: object = {}, metadata: object = {}): string =>
  JSON.stringify({ apiVersion, kind, metadata: { name, ...metadata }, spec });

describe("what controllers make", () => {
  const external = (spec: object): string => custom("external-secrets.io/v1", "ExternalSecret", "db", spec);

  test.each([
    ["the name of the ExternalSecret", external({ data: [{ secretKey: "a" }] }), "Secret", "db", "a"],
    ["its target's", external({ target: { name: "t" }, data: [{ secretKey: "a" }] }), "Secret", "t", "a"],
    ["then not its own", external({ target: { name: "t" }, data: [] }), "Secret", "db", "none"],
    ["dataFrom may give any key", external({ dataFrom: [{}], data: [{ secretKey: "a" }] }), "Secret", "db", "any"],
    [
      "SealedSecret",
      custom("bitnami.com/v1alpha1", "SealedSecret", "s", { encryptedData: { k: "x" } }),
      "Secret",
      "s",
      "k",
    ],
    ["an operator's object", custom("redis.example.com/v1", "Redis", "cache"), "Service", "cache-master", "any"],
    ["only at a dash", custom("redis.example.com/v1", "Redis", "cache"), "Service", "cached", "none"],
    ["a kind that makes nothing", custom("keda.sh/v1alpha1", "ScaledObject", "api"), "ConfigMap", "api-config", "none"],
    ["a release", custom("helm.toolkit.fluxcd.io/v2", "HelmRelease", "db"), "ServiceAccount", "db-postgresql", "any"],
    [
      "a user of a postgres-operator",
      custom("acid.zalan.do/v1", "postgresql", "shop-db"),
      "Secret",
      "app.shop-db.credentials.postgresql.acid.zalan.do",
      "username,password",
    ],
    [
      "an annotation of an Ingress",
      custom(
        "networking.k8s.io/v1",
        "Ingress",
        "web",
        { tls: [{ secretName: "a" }, { secretName: "b" }] },
        { annotations: { "cert-manager.io/issuer": "ca" } },
      ),
      "Secret",
      "b",
      "tls.crt,tls.key,ca.crt",
    ],
    [
      "claims of a StatefulSet",
      custom("apps/v1", "StatefulSet", "db", { volumeClaimTemplates: [{ metadata: { name: "data" } }] }),
      "PersistentVolumeClaim",
      "data-db-0",
      "any",
    ],
    ["a built-in object", custom("v1", "Service", "web"), "Secret", "web-tls", "none"],
  ])("%s", (_, text, kind, name, expected) => {
    expect(found(text, kind, name)).toBe(expected);
  });

  test("in its own namespace", () => {
    const text = custom("bitnami.com/v1alpha1", "SealedSecret", "s", {}, { namespace: "a" });
    expect(found(text, "Secret", "s", "a")).toBe("");
    expect(found(text, "Secret", "s", "b")).toBe("none");
    expect(found(text, "ConfigMap", "s", "a")).toBe("none");
  });

  test("names that a Job is told", () => {
    const job = (args: string[]): string =>
      custom("batch/v1", "Job", "certs", { template: { spec: { containers: [{ name: "c", args }] } } });
    expect(found(job(["create", "--secret-name=admission"]), "Secret", "admission")).toBe("scripted");
    expect(found(job(["kubectl create secret generic admission --from-literal=a=b"]), "Secret", "admission")).toBe(
      "scripted",
    );
    expect(found(job(["--secret-name=admissions"]), "Secret", "admission")).toBe("none");
  });
});
