import type { Node } from "../../apis/types/core.v1.generated.js";
import { PortsInUse } from "./host-ports.js";
import type { PlacedPod } from "./pod-profile.js";
import { type Numbers, numbersOf } from "./pod-requests.js";

/** A node and what the Pods on it take, kept up to date Pod by Pod. */
export class NodeState {
  readonly name: string;
  readonly pods = new Map<string, PlacedPod>();
  /** Pods that have been promised a place here, when their victims are gone. */
  readonly nominated = new Map<string, PlacedPod>();
  readonly ports = new PortsInUse();
  /** What its Pods request together. */
  readonly used: Record<string, number> = {};
  /** The same for comparing nodes, where containers that ask for nothing count too. */
  assumedCpu = 0;
  assumedMemory = 0;
  /** Another number whenever something about the node has changed. */
  version = 0;
  #node: Node;
  #allocatable: Numbers;

  constructor(
    node: Node,
    /** Counts the nodes there have been, so that what is known of each can stand in a list. */
    readonly serial: number,
  ) {
    this.name = node.metadata.name ?? "";
    this.#node = node;
    this.#allocatable = numbersOf(node.status?.allocatable);
  }

  get node(): Node {
    return this.#node;
  }

  set node(node: Node) {
    this.version++;
    this.#node = node;
    this.#allocatable = numbersOf(node.status?.allocatable);
  }

  get allocatable(): Numbers {
    return this.#allocatable;
  }

  add(pod: PlacedPod): void {
    this.pods.set(pod.key, pod);
    this.ports.add(pod.profile.hostPorts);
    this.#count(pod, 1);
  }

  remove(pod: PlacedPod): void {
    if (!this.pods.delete(pod.key)) return;
    this.ports.remove(pod.profile.hostPorts);
    this.#count(pod, -1);
  }

  #count({ profile: { requests, assumed } }: PlacedPod, sign: 1 | -1): void {
    this.version++;
    for (const name in requests) this.used[name] = (this.used[name] ?? 0) + sign * requests[name]!;
    this.assumedCpu += sign * (assumed.cpu ?? 0);
    this.assumedMemory += sign * (assumed.memory ?? 0);
  }
}
