import type { Host } from "./host.js";

/** https://no-color.org: NO_COLOR, when set and not empty, turns colour off unless the user says otherwise. */
export const wantsColor = (when: string | undefined, terminal: boolean, { environment }: Host): boolean =>
  when === "always" ||
  (when !== "never" &&
    !environment.NO_COLOR &&
    ((environment.FORCE_COLOR ?? "0") !== "0" || (terminal && environment.TERM !== "dumb")));
