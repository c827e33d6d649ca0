/** Cuts JSON objects out of a text that comes in any pieces: objects in a row, or those of a list. */
export interface ValueCutter {
  /** The objects that are complete with this piece, as text. */
  push(text: string): string[];
  /** Characters of an object that is not complete yet. */
  readonly open: number;
  /** The beginning of the text around the objects: commas and brackets of lists, or something else. */
  readonly around: string;
}

/** The most characters kept of the text around objects: enough to recognise it. */
const mostAround = 4_096;

export const createValueCutter = (): ValueCutter => {
  let parts: string[] = [];
  let open = 0;
  let around = '';
  let depth = 0;
  let quoted = false;
  let escaped = false;

  const keep = (text: string): void => {
    if (depth > 0) {
      parts.push(text);
      open += text.length;
    } else if (around.length < mostAround) around += text.slice(0, mostAround);
  };

  return {
    push: (text) => {
      const ended: string[] = [];
      const marks = /["\\{}]/g;
      let from = 0;
      if (escaped) marks.lastIndex = 1;
      escaped = false;
      for (let mark = marks.exec(text); mark; mark = marks.exec(text)) {
        const [sign] = mark;
        if (depth === 0) {
          if (sign !== '{') continue;
          keep(text.slice(from, mark.index));
          from = mark.index;
          depth = 1;
        } else if (quoted) {
          // The character after a backslash is escaped, also where it comes with the next piece.
          if (sign === '\\') {
            marks.lastIndex += 1;
            escaped = mark.index === text.length - 1;
          } else if (sign === '"') quoted = false;
        } else if (sign === '"') quoted = true;
        else if (sign === '{') depth += 1;
        else if (sign === '}') {
          depth -= 1;
          if (depth > 0) continue;
          ended.push(parts.join('') + text.slice(from, marks.lastIndex));
          parts = [];
          open = 0;
          from = marks.lastIndex;
        }
      }
      keep(text.slice(from));
      return ended;
    },
    get open() {
      return open;
    },
    get around() {
      return around;
    },
  };
};
