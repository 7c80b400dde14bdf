/** Whether a text holds a placeholder that a later step fills in (`${TAG}`, `@TAG@`, `<tag>`, `{{ tag }}`), so that its value is not known. */
export const isPlaceholder = (text: unknown): boolean =>
  typeof text === "string" && /\$\{[^}]*\}|\{\{.*\}\}|@[A-Za-z_][\w.-]*@|^<[^<>]+>$|^\$[A-Z_][A-Z0-9_]*$/.test(text);
