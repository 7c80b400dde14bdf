import type { KeyObject, X509Certificate } from "node:crypto";
import { cryptography } from "./cryptography.js";

const PEM = /-----BEGIN ([^\n-]+)-----\r?\n[\s\S]*?-----END \1-----/g;

/** Why a certificate and its key, in PEM, cannot serve TLS; undefined where they can. Values are not shown. */
export function keyPairFault(certificates: string, key: string): string | undefined {
  const [leaf] = pemBlocks(certificates, (label) => label === "CERTIFICATE");
  if (leaf === undefined) return "tls.crt holds no certificate in PEM";
  const [privateKey] = pemBlocks(key, (label) => label === "PRIVATE KEY" || label.endsWith(" PRIVATE KEY"));
  if (privateKey === undefined) return "tls.key holds no private key in PEM";
  let certificate: X509Certificate;
  let keyObject: KeyObject;
  try {
    certificate = new (cryptography().X509Certificate)(leaf);
  } catch {
    return "The certificate in tls.crt cannot be read";
  }
  try {
    keyObject = cryptography().createPrivateKey(privateKey);
  } catch {
    return "The private key in tls.key cannot be read";
  }
  return certificate.checkPrivateKey(keyObject) ? undefined : "The private key in tls.key is not the certificate's";
}

/** The blocks whose label is wanted, in order. */
export function pemBlocks(text: string, wanted: (label: string) => boolean): string[] {
  return [...text.matchAll(PEM)].filter((match) => wanted(match[1]!)).map((match) => match[0]);
}
