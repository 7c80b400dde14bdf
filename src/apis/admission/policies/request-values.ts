import type { Bindings } from "../../cel/evaluate.js";
import { valueOfJson } from "../../cel/json-values.js";
import { authorizerValue } from "../../cel/library-authorizer.js";
import { CelMap, type CelValue, NOT_KNOWN } from "../../cel/values.js";
import { isNameGenerated } from "../../meta/system-fields.js";
import { isNamespace, type PolicyRequest } from "./policy-request.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The variables that the expressions of a policy see, save for its own.
 * https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression
 */
export class RequestValues {
  readonly #values = new Map<string, CelValue>();

  constructor(
    private readonly request: PolicyRequest,
    /** That the policy is about; another than the request's where the kind is served in several. */
    private readonly version: string,
    private readonly params: Fields | null | undefined,
  ) {}

  /** Undefined for names that are none of them. */
  readonly get: Bindings = (name) => {
    let value = this.#values.get(name);
    if (value === undefined) {
      value = this.#read(name);
      if (value !== undefined) this.#values.set(name, value);
    }
    return value;
  };

  #read(name: string): CelValue | undefined {
    const { request } = this;
    switch (name) {
      case "object":
        return this.#objectValue(request.object);
      case "oldObject":
        return this.#objectValue(request.oldObject);
      case "params":
        return this.params === undefined ? undefined : this.#json(this.params);
      case "namespaceObject":
        return request.namespace === undefined || isNamespace(request)
          ? null
          : this.#json(namespaceFields(request.namespaceObject));
      case "request":
        return this.#json(requestFields(request, this.version));
      case "authorizer":
        return authorizerValue(request.authorize);
      case "authorizer.requestResource": {
        const { kind, namespace = "", name: object = "", subresource } = request;
        const { group, resource } = kind;
        return authorizerValue(request.authorize, { group, resource, subresource, namespace, name: object });
      }
      default:
        return undefined;
    }
  }

  #json(value: unknown): CelValue {
    return valueOfJson(value, this.request.isUnknown);
  }

  /** What a version has of an object that was sent in another is not known here. */
  #objectValue(object: Fields | undefined): CelValue {
    if (object === undefined) return null;
    return this.version === this.request.kind.version ? this.#json(withServerFields(object)) : NOT_KNOWN;
  }
}

/** What the server gives each object, and nobody knows before. */
function withServerFields(object: Fields): Fields {
  const metadata = (object.metadata ?? {}) as Fields;
  const { uid = NOT_KNOWN, creationTimestamp = NOT_KNOWN, name, generateName } = metadata;
  const isMadeUp =
    typeof generateName === "string" && typeof name === "string" && isNameGenerated({ name, generateName });
  const own = Object.fromEntries(Object.entries(metadata).filter(([, value]) => !isEmpty(value)));
  return { ...object, metadata: { ...own, uid, creationTimestamp, ...(isMadeUp ? { name: NOT_KNOWN } : {}) } };
}

/** Of metadata, empty lists and maps are as good as none. */
const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

function namespaceFields(namespace: Fields | undefined): unknown {
  if (namespace === undefined) return NOT_KNOWN;
  const metadata = (namespace.metadata ?? {}) as Fields;
  const spec = (namespace.spec ?? { finalizers: ["kubernetes"] }) as Fields;
  return {
    metadata: { ...metadata, UID: NOT_KNOWN, creationTimestamp: NOT_KNOWN, resourceVersion: NOT_KNOWN },
    spec,
    status: { phase: "Active" },
  };
}

function requestFields(
  { kind, operation, name, namespace, subresource, user, object }: PolicyRequest,
  version: string,
): Fields {
  const { group, resource } = kind;
  const made = (object?.metadata as Fields | undefined)?.generateName;
  return {
    uid: NOT_KNOWN,
    kind: { group, version, kind: kind.kind },
    resource: { group, version, resource },
    ...(subresource === undefined ? {} : { subResource: subresource, requestSubResource: subresource }),
    requestKind: { group, version: kind.version, kind: kind.kind },
    requestResource: { group, version: kind.version, resource },
    ...(name === undefined || made ? {} : { name }),
    ...(namespace === undefined ? {} : { namespace }),
    operation,
    userInfo: {
      username: user.name,
      ...(user.uid === undefined ? {} : { uid: user.uid }),
      groups: user.groups,
      ...(user.extra === undefined ? {} : { extra: user.extra }),
    },
    dryRun: NOT_KNOWN,
    options: NOT_KNOWN,
  };
}

/** The variables of a policy, each evaluated when it is first asked for. */
export class PolicyVariables extends CelMap {
  readonly #known = new Map<string, CelValue>();

  constructor(private readonly evaluators: ReadonlyMap<string, () => CelValue>) {
    super();
  }

  get size(): number {
    return this.evaluators.size;
  }

  get(key: CelValue): CelValue | undefined {
    if (typeof key !== "string") return undefined;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const value = this.evaluators.get(key)?.();
    if (value !== undefined) this.#known.set(key, value);
    return value;
  }

  keys(): Iterable<CelValue> {
    return this.evaluators.keys();
  }
}
