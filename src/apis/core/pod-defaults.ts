import { isOn } from "../feature-gates.js";
import { roundedToMilli } from "../meta/amounts.js";
import type {
  Container,
  EphemeralContainer,
  LifecycleHandler,
  PodSpec,
  Probe,
  ResourceRequirements,
  Volume,
} from "../types/core.v1.generated.js";
import { defaultPullPolicy } from "./image-names.js";

type Amounts = Record<string, string>;

/** What the server fills in, in a Pod and in a template. https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ */
export function setPodSpecDefaults(spec: PodSpec, minor: number): void {
  spec.dnsPolicy ??= "ClusterFirst";
  spec.restartPolicy ??= "Always";
  spec.securityContext ??= {};
  spec.terminationGracePeriodSeconds ??= 30;
  spec.schedulerName ??= "default-scheduler";
  // The old name is kept in step with the new one.
  const account = spec.serviceAccountName ?? spec.serviceAccount;
  if (account !== undefined) {
    spec.serviceAccountName = account;
    spec.serviceAccount = account;
  }
  for (const volume of spec.volumes ?? []) setVolumeDefaults(volume, minor);
  for (const container of spec.initContainers ?? []) setContainerDefaults(container);
  for (const container of spec.containers ?? []) setContainerDefaults(container);
  for (const container of spec.ephemeralContainers ?? []) setContainerDefaults(container);
  roundAmounts(spec.overhead);
  if (spec.resources) setResourceDefaults(spec.resources);
}

function setContainerDefaults(container: Container | EphemeralContainer): void {
  container.imagePullPolicy ??= defaultPullPolicy(container.image ?? "");
  container.terminationMessagePath ??= "/dev/termination-log";
  container.terminationMessagePolicy ??= "File";
  if (container.resources) setResourceDefaults(container.resources);
  for (const port of container.ports ?? []) port.protocol ??= "TCP";
  for (const variable of container.env ?? []) {
    if (variable.valueFrom?.fieldRef) variable.valueFrom.fieldRef.apiVersion ??= "v1";
    if (variable.valueFrom?.fileKeyRef) variable.valueFrom.fileKeyRef.optional ??= false;
  }
  for (const name of ["livenessProbe", "readinessProbe", "startupProbe"] as const)
    if (container[name]) setProbeDefaults(container[name]);
  for (const hook of ["postStart", "preStop"] as const)
    if (container.lifecycle?.[hook]) setHandlerDefaults(container.lifecycle[hook]);
}

function setProbeDefaults(probe: Probe): void {
  probe.timeoutSeconds ??= 1;
  probe.periodSeconds ??= 10;
  probe.successThreshold ??= 1;
  probe.failureThreshold ??= 3;
  if (probe.grpc) probe.grpc.service ??= "";
  setHandlerDefaults(probe);
}

function setHandlerDefaults({ httpGet }: Pick<LifecycleHandler, "httpGet">): void {
  if (httpGet === undefined) return;
  httpGet.path ??= "/";
  httpGet.scheme ??= "HTTP";
}

function setResourceDefaults(resources: ResourceRequirements): void {
  roundAmounts(resources.limits);
  roundAmounts(resources.requests);
}

/** Amounts are kept to a thousandth. */
export function roundAmounts(amounts: Amounts | undefined): void {
  if (amounts === undefined) return;
  for (const name in amounts) amounts[name] = roundedToMilli(amounts[name]!);
}

const FILE_MODE = 0o644;

function setVolumeDefaults(volume: Volume, minor: number): void {
  if (Object.keys(volume).length <= 1) volume.emptyDir = {};
  const { image, hostPath, secret, configMap, downwardAPI, projected, rbd, iscsi, azureDisk, scaleIO, ephemeral } =
    volume;
  if (image !== undefined && isOn("ImageVolume", minor)) image.pullPolicy ??= defaultPullPolicy(image.reference ?? "");
  if (hostPath) hostPath.type ??= "";
  for (const files of [secret, configMap, downwardAPI, projected]) if (files) files.defaultMode ??= FILE_MODE;
  for (const file of downwardAPI?.items ?? []) if (file.fieldRef) file.fieldRef.apiVersion ??= "v1";
  for (const source of projected?.sources ?? []) {
    for (const file of source.downwardAPI?.items ?? []) if (file.fieldRef) file.fieldRef.apiVersion ??= "v1";
    if (source.serviceAccountToken) source.serviceAccountToken.expirationSeconds ??= 3600;
    if (source.podCertificate) source.podCertificate.maxExpirationSeconds ??= 86_400;
  }
  setStorageDefaults({ rbd, iscsi, azureDisk, scaleIO });
  if (ephemeral?.volumeClaimTemplate) {
    const { spec } = ephemeral.volumeClaimTemplate;
    spec.volumeMode ??= "Filesystem";
    setResourceDefaults(spec.resources);
  }
}

/** Shared with PersistentVolumes. */
export function setStorageDefaults({
  rbd,
  iscsi,
  azureDisk,
  scaleIO,
}: Partial<Pick<Volume, "rbd" | "iscsi" | "azureDisk" | "scaleIO">>): void {
  if (rbd) {
    rbd.pool ??= "rbd";
    rbd.user ??= "admin";
    rbd.keyring ??= "/etc/ceph/keyring";
  }
  if (iscsi) iscsi.iscsiInterface ??= "default";
  if (azureDisk) {
    azureDisk.cachingMode ??= "ReadWrite";
    azureDisk.kind ??= "Shared";
    azureDisk.fsType ??= "ext4";
    azureDisk.readOnly ??= false;
  }
  if (scaleIO) {
    scaleIO.storageMode ??= "ThinProvisioned";
    scaleIO.fsType ??= "xfs";
  }
}
