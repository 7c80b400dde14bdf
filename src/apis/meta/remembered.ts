/** Beyond these a table starts anew, so that no input fills the memory. */
const MOST_REMEMBERED = 10_000;

/**
 * The same function, asked once of each text: manifests repeat few labels, names and patterns. Looking an answer up costs
 * a tenth of a microsecond; functions that are no dearer are better called again.
 */
export function remembered<T>(work: (text: string) => T): (text: string) => T {
  const answers = new Map<string, T>();
  return (text) => {
    const known = answers.get(text);
    if (known !== undefined || answers.has(text)) return known as T;
    const answer = work(text);
    if (answers.size >= MOST_REMEMBERED) answers.clear();
    answers.set(text, answer);
    return answer;
  };
}
