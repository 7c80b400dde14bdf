/**
 * What templating leaves in a text to be replaced later: `${NAME}` (also with a default, `${NAME:-x}`), `{{ name }}`,
 * `@NAME@`, `%NAME%`, `#{NAME}`.
 */
const ANYWHERE = /\$\{[A-Za-z_][^{}]*\}|\{\{[^{}]*\}\}|@[A-Z][A-Z0-9_.-]*@|%[A-Z][A-Z0-9_]*%|#\{[A-Za-z_][\w.-]*\}/;
/** The whole value: `$NAME`, `{NAME}` or `__NAME__` in capitals, `@project.version@`, `...`. */
const WHOLE =
  /^(\.{3}|…|\.{3}.*\.{3}|\$[A-Z_][A-Z0-9_]*|__[A-Z][A-Z0-9_]*__|\{[A-Z][A-Z0-9_]+\}|@[A-Za-z_][\w.-]*@|<[A-Za-z_][^<>\n]*>)$/;
/** `<name>` within one word: `<registry>/shop:<tag>`; not the markup or comparisons of running text. */
const ANGLED = /^[^\s<>]*(<[A-Za-z_][\w.-]*>[^\s<>]*)+$/;

/** `{name}` within one word: `docker.io/{username}/shop`; neither `{}` alone nor `a{1,3}`. */
const BRACED = /^(?=[^{]|\{[^{}]*\}[^\s])[^\s{}]*(\{[A-Za-z_][\w.-]*\}[^\s{}]*)+$/;

/** What each of the forms above has at least; nearly every text has none of it. */
const TRACE = /[$<@%{]|^(?:\.{3}|…|__)/;

/**
 * Whether the value holds a placeholder, so that what it will be is not known. Shell text (`$(date)`) and what the
 * kubelet replaces itself (`$(NAME)`) are none.
 */
export function isPlaceholder(value: unknown): boolean {
  if (typeof value !== "string" || !TRACE.test(value)) return false;
  return (
    ANYWHERE.test(value) ||
    WHOLE.test(value) ||
    (value.includes("<") && ANGLED.test(value)) ||
    (value.includes("{") && BRACED.test(value))
  );
}
