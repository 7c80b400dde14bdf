/** One label of a description with what stands after or below it. */
export interface Field {
  readonly label: string;
  /** One line each; a single one stands beside the label. */
  readonly lines?: readonly string[];
  readonly fields?: readonly Field[];
  readonly table?: { readonly headings: readonly string[]; readonly rows: readonly (readonly string[])[] };
}

/** A label with a text; left out where there is none. */
export const text = (label: string, value: string | number | boolean | undefined | null): Field[] =>
  value === undefined || value === null || value === "" ? [] : [{ label, lines: [String(value)] }];

/** A label with lines; left out where there are none. */
export const lines = (label: string, values: readonly string[] | undefined): Field[] =>
  values === undefined || values.length === 0 ? [] : [{ label, lines: values }];

export const group = (label: string, fields: readonly Field[]): Field[] =>
  fields.length === 0 ? [] : [{ label, fields }];

export const table = (label: string, headings: readonly string[], rows: readonly (readonly string[])[]): Field[] =>
  rows.length === 0 ? [] : [{ label, table: { headings, rows } }];

/** `key=value`, each a line, in the order of the keys. */
export const pairs = (values: Readonly<Record<string, unknown>> | undefined): string[] =>
  Object.keys(values ?? {})
    .sort()
    .map((key) => `${key}=${values![key]}`);
