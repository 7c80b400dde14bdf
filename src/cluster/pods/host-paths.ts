/** The runtimes whose sockets are in hand of whoever mounts the path. */
const SOCKETS: readonly { readonly path: RegExp; readonly runtime: string }[] = [
  { path: /^(\/var)?\/run\/docker\.sock$/, runtime: "Docker" },
  { path: /^(\/var)?\/run\/(k3s\/)?containerd(\/containerd\.sock)?$/, runtime: "containerd" },
  { path: /^(\/var)?\/run\/crio(\/crio\.sock)?$/, runtime: "CRI-O" },
  { path: /^(\/var)?\/run\/podman(\/podman\.sock)?$/, runtime: "Podman" },
  { path: /^(\/var)?\/run\/cri-dockerd\.sock$/, runtime: "Docker" },
];

/** Directories that hold the node's or other Pods' credentials, or that let a writer become root. Below them too where `deep`. */
const SENSITIVE: readonly { readonly path: string; readonly deep: boolean }[] = [
  { path: "/", deep: false },
  { path: "/boot", deep: true },
  { path: "/dev/mem", deep: false },
  { path: "/etc", deep: false },
  { path: "/etc/kubernetes", deep: true },
  { path: "/etc/passwd", deep: false },
  { path: "/etc/shadow", deep: false },
  { path: "/etc/ssh", deep: true },
  { path: "/etc/sudoers", deep: false },
  { path: "/etc/sudoers.d", deep: true },
  { path: "/etc/cron.d", deep: true },
  { path: "/home", deep: false },
  { path: "/proc", deep: false },
  { path: "/root", deep: true },
  { path: "/run", deep: false },
  { path: "/usr", deep: false },
  { path: "/usr/bin", deep: false },
  { path: "/var", deep: false },
  { path: "/var/lib", deep: false },
  { path: "/var/lib/containerd", deep: false },
  { path: "/var/lib/docker", deep: false },
  { path: "/var/lib/etcd", deep: true },
  { path: "/var/lib/kubelet", deep: false },
  { path: "/var/lib/kubelet/pods", deep: false },
  { path: "/var/lib/kubelet/pki", deep: true },
  { path: "/var/run", deep: false },
];

const normalize = (path: string): string => path.replace(/\/{2,}/g, "/").replace(/(?<=.)\/$/, "");

/** The runtime that can be commanded through a path of the node; undefined for other paths. */
export function runtimeSocketIn(path: string): string | undefined {
  const normal = normalize(path);
  return SOCKETS.find((socket) => socket.path.test(normal))?.runtime;
}

/** Whether a path of the node gives away the node or the other Pods on it. Sockets are `runtimeSocketIn`'s. */
export function isSensitiveHostPath(path: string): boolean {
  const normal = normalize(path);
  return SENSITIVE.some((entry) => normal === entry.path || (entry.deep && normal.startsWith(`${entry.path}/`)));
}
