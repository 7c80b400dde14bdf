/**
 * Image references as container runtimes read them: the grammar of
 * https://pkg.go.dev/github.com/distribution/reference, and its rule for telling a registry from a first path component.
 */

export interface ImageReference {
  /** As written; undefined where the name has none, so that the runtime's default (Docker Hub) applies. */
  readonly registry?: string;
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

/** Why a text is no image reference, in the words that follow `Image "x"`. */
export interface ImageMistake {
  readonly mistake: string;
  readonly remedy?: string;
}

/** Reads an image reference. A runtime refuses one with a mistake (`InvalidImageName`) without asking any registry. */
export function parseImage(text: string): ImageReference | ImageMistake {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//.exec(text)?.[0];
  if (scheme)
    return { mistake: `starts with "${scheme}"`, remedy: "An image reference has no scheme: start with the registry" };
  if (/\s/.test(text)) return { mistake: "holds white space" };

  let name = text;
  let digest: string | undefined;
  const at = name.indexOf("@");
  if (at >= 0) {
    digest = name.slice(at + 1);
    name = name.slice(0, at);
    if (!isDigest(digest))
      return {
        mistake: "has a malformed digest",
        remedy: "A digest is sha256: and 64 hexadecimal digits",
      };
  }
  let tag: string | undefined;
  const colon = name.lastIndexOf(":");
  if (colon > name.lastIndexOf("/")) {
    tag = name.slice(colon + 1);
    name = name.slice(0, colon);
    if (tag === "") return { mistake: "ends in a colon with no tag behind it" };
    if (!/^\w[\w.-]{0,127}$/.test(tag))
      return {
        mistake: `has the malformed tag "${tag}"`,
        remedy:
          "A tag has up to 128 letters, digits, underscores, dots and hyphens, and starts with none of the last two",
      };
  }
  const slash = name.indexOf("/");
  const first = name.slice(0, Math.max(slash, 0));
  const hasRegistry = slash > 0 && (/[.:]/.test(first) || first === "localhost" || first !== first.toLowerCase());
  const registry = hasRegistry ? first : undefined;
  const repository = hasRegistry ? name.slice(slash + 1) : name;
  if (registry !== undefined && !isRegistry(registry)) return { mistake: `has the malformed registry "${registry}"` };
  if (repository === "") return { mistake: "has no name" };
  const bad = repository.split("/").find((component) => !isPathComponent(component));
  if (bad === "") return { mistake: "has an empty path component" };
  if (bad !== undefined && /[A-Z]/.test(bad))
    return {
      mistake: `has upper-case letters in "${bad}"`,
      remedy: `Repository names are in lower case: ${JSON.stringify(bad.toLowerCase())}`,
    };
  if (bad !== undefined)
    return {
      mistake: `has the malformed path component "${bad}"`,
      remedy: "Lower-case letters and digits, with single dots, one or two underscores or hyphens between them",
    };
  if (name.length > 255) return { mistake: "is longer than 255 characters" };
  return { registry, repository, tag, digest };
}

const isDigest = (text: string): boolean =>
  text.startsWith("sha256:")
    ? /^sha256:[0-9a-f]{64}$/.test(text)
    : /^[A-Za-z][A-Za-z0-9]*([-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/.test(text);

const isRegistry = (text: string): boolean =>
  /^(\[[0-9a-fA-F:]+\]|[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*)(:[0-9]+)?$/.test(
    text,
  );

const isPathComponent = (text: string): boolean => /^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*$/.test(text);

/**
 * Whether an image is left to a later step, beyond the placeholders of any value: `$(IMAGE)`, a name in capitals alone
 * (`IMAGE`, `REPLACE_ME:latest`), or a `ko://` import path.
 */
export const isImagePlaceholder = (text: string): boolean =>
  /\$[({]|^ko:\/\/|^__\w+__/.test(text) || /^[A-Z][A-Z0-9_-]*(:\w*)?$/.test(text);
