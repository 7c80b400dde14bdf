import type { SourceFile } from "../source/source-file.js";
import type { YamlDocument } from "../yaml/index.js";
import type { Skipped } from "./skipped.js";

/** One Kubernetes object of the input and where it stands. */
export interface Manifest {
  readonly source: SourceFile;
  readonly document: YamlDocument;
  /** The path of the object within its document: empty, or `items[3]` for an item of a List. */
  readonly base: string;
  /** Plain JSON, the reader's own copy; decoding may take doubtful fields out of it. */
  readonly value: Record<string, unknown>;
  /** False for files read only so that references can be resolved: nothing is reported there. */
  readonly reported: boolean;
  /** A kustomization builds on it: it may set its namespace and that of what it refers to, add to its data. */
  readonly kustomized?: boolean;
  /** The texts of the patches that kustomizations lay over the file: what they mention may be different in the end. */
  readonly patches?: readonly string[];
  /** The images, without tags, that kustomizations give another name, tag or digest. */
  readonly replacedImages?: readonly string[];
  /** Stands in a Markdown text: an example perhaps, of an object that the tree defines elsewhere too. */
  readonly markdown?: boolean;
  /** A kustomization adds labels and selectors to it (`commonLabels`): a selector that is missing here may be there later. */
  readonly selectorsAdded?: boolean;
}

/** An object that is known to exist without standing in the input, for instance what a kustomize generator makes. */
export interface ExternalObject {
  readonly kind: string;
  /** Undefined: in any namespace. */
  readonly namespace?: string;
  readonly name: string;
  /** Where known, the keys of a ConfigMap or Secret; undefined: any key may be there. */
  readonly keys?: readonly string[];
}

/** Everything read from the given paths, in the order of the paths. */
export interface Input {
  readonly files: readonly SourceFile[];
  /** Every document read, broken ones too: their problems are reported. */
  readonly documents: readonly InputDocument[];
  readonly manifests: readonly Manifest[];
  readonly skipped: readonly Skipped[];
  readonly externals: readonly ExternalObject[];
  /** The kubeconfigs among what was skipped: no manifests, but they name their own parts. */
  readonly kubeconfigs?: readonly InputDocument[];
  /** Paths that could not be read: usage errors, not findings. */
  readonly unreadable: readonly { readonly path: string; readonly message: string }[];
}

export interface InputDocument {
  readonly document: YamlDocument;
  readonly reported: boolean;
}

/** Several inputs as one. */
export function joinInputs(inputs: readonly Input[]): Input {
  return {
    files: inputs.flatMap((input) => input.files),
    documents: inputs.flatMap((input) => input.documents),
    manifests: inputs.flatMap((input) => input.manifests),
    skipped: inputs.flatMap((input) => input.skipped),
    externals: inputs.flatMap((input) => input.externals),
    kubeconfigs: inputs.flatMap((input) => input.kubeconfigs ?? []),
    unreadable: inputs.flatMap((input) => input.unreadable),
  };
}
