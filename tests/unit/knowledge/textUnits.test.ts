import { type TextUnit, textUnits } from '@main/knowledge/textUnits';
import { describe, expect, it } from 'vitest';
import { seeded } from './seeded';

const shown = (text: string, kind?: TextUnit['kind']): string[] =>
  textUnits(text)
    .filter((unit) => kind === undefined || unit.kind === kind)
    .map(({ start, end }) => text.slice(start, end));

const page = `# Privacy

Your conversations stay on *your*
computer. See Dr. Lee, e.g. on p. 4. Nothing leaves! Vraiment ? « Oui. » Fin.

## The data folder

| System | Folder |
|---|---|
| Linux | \`~/.local\` |
| macOS | \`~/Library\` |

- \`a.db\` holds all. It grows.
- [ ] Second
  goes on

\`\`\`
run --fast
\`\`\`
`;

describe('a line that begins with a hash', () => {
  const script = '# Rents of the mill\nrent = 4210\n';
  it.each(['code', 'yaml', 'text'] as const)('is a comment that can be quoted in %s, and no heading', (format) => {
    const units = textUnits(script, format);
    expect(units.map(({ start, end }) => script.slice(start, end)).join('\n')).toContain('Rents of the mill');
    expect(units.flatMap(({ headings }) => headings)).toEqual([]);
  });
  it.each([undefined, null, 'markdown', 'notebook'] as const)('is a heading in %s', (format) => {
    expect(textUnits(script, format)).toMatchObject([{ headings: ['Rents of the mill'] }]);
  });
});

describe('a text', () => {
  it('is cut into sentences, rows without their head, items and lines of code', () => {
    expect(shown(page)).toEqual([
      'Your conversations stay on *your*\ncomputer.',
      'See Dr. Lee, e.g. on p. 4.',
      'Nothing leaves!',
      'Vraiment ?',
      '« Oui. »',
      'Fin.',
      'Linux | `~/.local`',
      'macOS | `~/Library`',
      '`a.db` holds all.',
      'It grows.',
      'Second\n  goes on',
      'run --fast',
    ]);
    const row = textUnits(page).find(({ kind }) => kind === 'row');
    expect(row).toMatchObject({ headings: ['Privacy', 'The data folder'], columns: 'System | Folder' });
    expect(new Set(textUnits(page).map(({ group }) => group)).size).toBe(4);
  });

  it('reads code in a list line by line, and no word of its fences', () => {
    expect(shown('1. Run it:\n\n    ```sh\n    npm test. Now\n    ```\n2. Wait.', 'code')).toEqual(['npm test. Now']);
    expect(shown('1. Run it:\n\n    ```sh\n    npm test. Now\n    ```\n2. Wait.')).toEqual(['Run it:', 'npm test. Now', 'Wait.']);
  });

  it('keeps source markers with the sentence they follow', () => {
    expect(shown('Water boils. [1][2] Ice melts [3]. End')).toEqual(['Water boils. [1][2]', 'Ice melts [3].', 'End']);
  });

  it('ends a line that is far shorter than the others, like a title in a PDF', () => {
    expect(shown('3.2 Results\nThe lighthouse was lit for the first\ntime in 1849 and never went out.')).toEqual([
      '3.2 Results',
      'The lighthouse was lit for the first\ntime in 1849 and never went out.',
    ]);
  });

  it('reads sentences of scripts without spaces, and cuts endless text between words', () => {
    expect(shown('水は百度で沸く。氷は溶ける。')).toEqual(['水は百度で沸く。', '氷は溶ける。']);
    const endless = shown('word '.repeat(300));
    expect(endless.every((unit) => unit.length <= 400 && /^word( word)*$/.test(unit))).toBe(true);
  });

  it('cuts endless text at the end of a line where it can', () => {
    const line = 'remark: "a bell of the chapel, kept by the smith"\n';
    expect(shown(line.repeat(30)).every((unit) => unit.trim().startsWith('remark') && unit.trim().endsWith('"'))).toBe(true);
  });

  it('keeps the hashes that belong to a heading, and drops those that close it', () => {
    const headings = (line: string) => textUnits(`${line}\n\ntext`)[0]?.headings;
    expect([headings('## About C# ##'), headings('# C#'), headings('# #'), headings('#tag')]).toEqual([['About C#'], ['C#'], [''], []]);
  });

  // Each took minutes, on the main thread, when the time of its expression grew with the square or the cube of the line's length.
  it.each([
    ['a heading of blanks', `# a${' '.repeat(200_000)}b`],
    ['a row of blanks', `| a${' '.repeat(200_000)}b`],
    ['a row of dashes', `| ${'-'.repeat(400_000)}b`],
    ['a line of dots', `${'.'.repeat(400_000)}b`],
    ['a line of bars', `${'|'.repeat(400_000)}b`],
    ['closing hashes', `# ${'#'.repeat(400_000)}b`],
    ['brackets', `${'. [1'.repeat(100_000)}b`],
  ])('reads %s in linear time', (_, line) => {
    expect(shown(`Before.\n\n${line}\n\nAfter.`).slice(-1)).toEqual(['After.']);
  });

  it('is covered in order, without overlap, for any content', () => {
    const random = seeded(7);
    const fragments = [
      '# H',
      '\n',
      '\n\n',
      '| a | b |',
      '|---|',
      '- x',
      '1. y',
      'word. ',
      'Next! ',
      '```',
      '> ',
      '😀',
      '。',
      ' ',
      'p. 4 ',
      '===',
      '[1]',
    ];
    for (let round = 0; round < 2_000; round += 1) {
      const text = Array.from({ length: 1 + Math.floor(random() * 25) }, () => fragments[Math.floor(random() * fragments.length)]).join('');
      let end = 0;
      for (const unit of textUnits(text)) {
        expect(unit.start, JSON.stringify(text)).toBeGreaterThanOrEqual(end);
        expect(unit.end).toBeGreaterThan(unit.start);
        expect(text.slice(unit.start, unit.end)).toBe(text.slice(unit.start, unit.end).trim());
        end = unit.end;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }
  });
});
