import { codeParts, colouredParts } from '@renderer/ui/markdown/codeParts';
import { type CodePiece, highlightCode } from '@renderer/ui/markdown/highlighter';
import { expect, test } from 'vitest';

const code = Array.from({ length: 400 }, (_, line) => `const a${line} = \`text ${line}\`; // so`).join('\n');
const commented = `/*\n${'a line of it\n'.repeat(300)}*/\nlet a = 1;`;

/** Each character with the classes around it. */
const coloursOf = (parts: CodePiece['parts'], around = ''): string[] =>
  parts.flatMap((part) =>
    typeof part === 'string' ? [...part].map((character) => `${character}${around}`) : coloursOf(part.parts, `${around} ${part.classes}`),
  );

test.each([code, commented, '', '\n', `${code}\n`, 'one'])('cuts code %# into parts of whole lines that join to the code again', (text) => {
  const parts = codeParts(text);
  expect(parts.join('')).toBe(text);
  for (const part of parts.slice(0, -1)) expect(part.endsWith('\n')).toBe(true);
  for (const part of parts) expect(part.split('\n').length).toBeLessThan(100);
});

test.each([code, commented])('divides the colours of code %# as its parts, and changes none', (text) => {
  const whole = highlightCode('ts', text) ?? [];
  const divided = colouredParts(whole, text);
  expect(divided).toHaveLength(codeParts(text).length);
  expect(divided.flatMap((parts) => coloursOf(parts))).toEqual(coloursOf(whole));
});
