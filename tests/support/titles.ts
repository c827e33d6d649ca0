/** A title of a test, written as text: `test('...'`, also behind `test.each(...)`, `.skipIf(...)` and the like. */
const titled = /^\s*(?:test|it)(?:\.\w+(?:\([^)]*\))?)*(?:\([^'"`]*?\))?\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gm;
const mostCharacters = 90;
const headless = /^(?:What|Who|Which|Whether|Whose)\b/i;

/** The titles of a test file that are too long for one line or begin with a question word. */
export const unclearTitles = (source: string): string[] =>
  [...source.matchAll(titled)].flatMap(([, , title = '']) => (title.length > mostCharacters || headless.test(title) ? [title] : []));
