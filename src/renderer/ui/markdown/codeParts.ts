import type { CodePiece } from './highlighter';

type Parts = CodePiece['parts'];

/** Code is put on the page in parts of this many lines, so that no part takes long. */
const linesInPart = 40;

/** The code in parts of whole lines; joined they give the code. */
export const codeParts = (code: string): string[] => {
  const parts: string[] = [];
  let from = 0;
  let lines = 0;
  for (let newline = code.indexOf('\n'); newline >= 0; newline = code.indexOf('\n', newline + 1)) {
    lines += 1;
    if (lines % linesInPart > 0) continue;
    parts.push(code.slice(from, newline + 1));
    from = newline + 1;
  }
  return from < code.length || parts.length === 0 ? [...parts, code.slice(from)] : parts;
};

/** Takes the first `length` characters; a coloured piece that is longer is divided. */
const take = (parts: Parts, length: number): { head: Parts; rest: Parts; taken: number } => {
  const head: Parts = [];
  let taken = 0;
  for (const [index, part] of parts.entries()) {
    if (taken === length) return { head, rest: parts.slice(index), taken };
    const room = length - taken;
    if (typeof part === 'string') {
      head.push(part.slice(0, room));
      taken += Math.min(room, part.length);
      if (part.length > room) return { head, rest: [part.slice(room), ...parts.slice(index + 1)], taken };
      continue;
    }
    const within = take(part.parts, room);
    head.push({ ...part, parts: within.head });
    taken += within.taken;
    if (within.rest.length > 0) return { head, rest: [{ ...part, parts: within.rest }, ...parts.slice(index + 1)], taken };
  }
  return { head, rest: [], taken };
};

/** The coloured pieces of the whole code, divided as `codeParts` divides it. */
export const colouredParts = (whole: Parts, code: string): Parts[] => {
  let left = whole;
  return codeParts(code).map(({ length }) => {
    const { head, rest } = take(left, length);
    left = rest;
    return head;
  });
};
