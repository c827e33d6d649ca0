import { noFence, readFence } from '@shared/markdown/fences';

/** Tracks the position in the text of an answer: its lines, and if it is inside code. */
export const createPlace = () => {
  let line = '';
  let ink = '';
  let code = noFence;
  let ticks = 0;
  let last = '\n';
  return {
    take: (text: string): void => {
      let from = 0;
      last = text.at(-1) ?? last;
      for (;;) {
        const to = text.indexOf('\n', from);
        const part = text.slice(from, to === -1 ? undefined : to);
        ticks += part.split('`').length - 1;
        if (line.length < 80) line += part.slice(0, 80);
        ink = part.trimEnd().at(-1) ?? ink;
        if (to === -1) return;
        code = readFence(code, line);
        line = '';
        ink = '';
        ticks = 0;
        from = to + 1;
      }
    },
    inCode: (): boolean => readFence(code, line).line !== 'outside' || ticks % 2 === 1,
    atLineStart: (): boolean => /^ {0,3}$/.test(line),
    /** The last character, and the last one of this line that is not a space. */
    get last() {
      return last;
    },
    get ink() {
      return ink;
    },
  };
};

/** A position in the text of an answer. */
export type Place = ReturnType<typeof createPlace>;
