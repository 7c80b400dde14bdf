/** What validating one Pod spec depends on beside the spec. */
export interface PodOptions {
  readonly minor: number;
  /** Undefined in the template of a controller, which is less strict than a Pod. */
  readonly pod: { readonly name: string } | undefined;
  readonly gracePeriod: number | undefined;
  readonly hostUsers: boolean;
  readonly restartPolicy: string;
  /** Names of the Pod's resource claims. */
  readonly claimNames: ReadonlySet<string>;
}
