/** Questions to plain JSON values of which nothing is known. */

export type Mapping = Readonly<Record<string, unknown>>;

export const isMapping = (value: unknown): value is Mapping =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value as a list; empty for anything else. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const textOf = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : undefined;

/** The mappings of a list. */
export const mappingsOf = (value: unknown): Mapping[] => listOf(value).filter(isMapping);

/** The texts of a list. */
export const textsOf = (value: unknown): string[] => listOf(value).filter((item) => typeof item === "string");
