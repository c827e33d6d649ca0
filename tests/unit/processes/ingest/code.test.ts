import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { grammars } from '@main/processes/ingest/parsers/code/grammars';
import { passageText } from '@main/processes/search/passageText';
import { placeWords } from '@shared/model';
import { afterAll, describe, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'emergence-code-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (fileName: string, content: string): Promise<ParsedDocument> => {
  const path = join(folder, fileName);
  writeFileSync(path, content);
  return parseDocument({ path, fileName });
};

/** Each definition with its depth and the first and the last line that belong to it. */
const definitions = ({ spans, text }: ParsedDocument): string[] =>
  spans.map(({ kind, label, level, start, end }) => {
    const lines = text.slice(start, end).split('\n');
    return `${kind} ${level} ${label}: ${lines[0]?.trim()} … ${lines.at(-1)?.trim()}`;
  });

/** Programs in each language, each with the definitions that must be found. */
const programs: Record<string, { program: string; names: string[] }> = {
  sh: { program: '# greets\ngreet() {\n  echo hi\n}\nfunction bye {\n  echo bye\n}', names: ['greet', 'bye'] },
  c: {
    program: '/* adds */\nstatic int *add(int a,\n  int b) {\n  return 0;\n}\nstruct point { int x; };\ntypedef struct { int y; } line;',
    names: ['add', 'point', 'line'],
  },
  cpp: {
    program: '#ifndef A\n#define A\nnamespace mill {\nclass Wheel {\n  void turn() { }\n};\n}\nvoid mill::Wheel::stop() {\n}\n#endif',
    names: ['mill', 'mill/Wheel', 'mill/Wheel/turn', 'mill::Wheel::stop'],
  },
  cs: {
    program:
      'namespace Mill {\n  /// <summary>The wheel</summary>\n  [Serializable]\n  public class Wheel {\n    public void Turn() {\n    }\n  }\n}',
    names: ['Mill', 'Mill/Wheel', 'Mill/Wheel/Turn'],
  },
  css: {
    program: '/* the wheel */\n.wheel {\n  color: red;\n}\n@media print {\n  .wheel { color: black }\n}',
    names: ['.wheel', '@media print'],
  },
  dart: {
    program: '/// The wheel\nclass Wheel {\n  int turn(int by) {\n    return by;\n  }\n}\nvoid main() {\n}',
    names: ['Wheel', 'Wheel/turn', 'main'],
  },
  ex: { program: 'defmodule Mill.Wheel do\n  @doc "turns"\n  def turn(by), do: by\nend', names: ['Mill.Wheel', 'Mill.Wheel/turn'] },
  go: {
    program: 'package mill\n\n// Wheel turns.\ntype Wheel struct {\n  by int\n}\n\nfunc (w *Wheel) Turn() {\n}\n',
    names: ['Wheel', 'Wheel.Turn'],
  },
  java: {
    program: 'package mill;\n\n/** The wheel. */\n@Bean\npublic class Wheel {\n  Wheel() {\n  }\n  void turn() {\n  }\n}',
    names: ['Wheel', 'Wheel/Wheel', 'Wheel/turn'],
  },
  js: {
    program: '// turns\nexport const turn = (by) => {\n  return by;\n};\nclass Wheel {\n  stop() {\n  }\n}\nmodule.exports = { Wheel };',
    names: ['turn', 'Wheel', 'Wheel/stop'],
  },
  kt: {
    program: '/** The wheel */\nclass Wheel(val by: Int) {\n  // turns\n  fun turn(): Int {\n    return by\n  }\n}\nobject Mill {\n}',
    names: ['Wheel', 'Wheel/turn', 'Mill'],
  },
  lua: { program: '-- turns\nfunction Wheel.turn(by)\n  return by\nend\nlocal function stop()\nend', names: ['Wheel.turn', 'stop'] },
  php: {
    program: '<?php\n/** The wheel */\nclass Wheel {\n  public function turn() {\n  }\n}\nfunction stop() {\n}',
    names: ['Wheel', 'Wheel/turn', 'stop'],
  },
  ps1: { program: '# turns\nfunction Start-Wheel {\n  param($by)\n  $by\n}', names: ['Start-Wheel'] },
  py: {
    program: 'import os\n\n# turns\n@cached\ndef turn(by):\n    return by\n\nclass Wheel(Part):\n    def stop(self):\n        pass\n',
    names: ['turn', 'Wheel', 'Wheel/stop'],
  },
  rb: {
    program: '# The mill\nmodule Mill\n  class Wheel\n    def turn\n    end\n  end\nend',
    names: ['Mill', 'Mill/Wheel', 'Mill/Wheel/turn'],
  },
  rs: {
    program: '/// The wheel\n#[derive(Debug)]\npub struct Wheel {\n  by: u8,\n}\nimpl Turn for Wheel {\n  fn turn(&self) {\n  }\n}',
    names: ['Wheel', 'Turn for Wheel', 'Turn for Wheel/turn'],
  },
  scala: {
    program: '// The mill\nobject Mill {\n  def turn(by: Int): Int = {\n    by\n  }\n}\ntrait Part',
    names: ['Mill', 'Mill/turn', 'Part'],
  },
  swift: {
    program: '/// The wheel\nstruct Wheel {\n  func turn() -> Int {\n    return 1\n  }\n}\nextension Wheel {\n}',
    names: ['Wheel', 'Wheel/turn', 'Wheel'],
  },
  tsx: { program: 'export const Wheel = ({ by }: Props) => {\n  return <p>{by}</p>;\n};', names: ['Wheel'] },
  ts: {
    program:
      '/** The wheel. */\nexport class Wheel {\n  @log()\n  turn(): void {\n  }\n}\nexport interface Part {\n  by: number;\n}\nexport type By = number;',
    names: ['Wheel', 'Wheel/turn', 'Part', 'By'],
  },
  zig: {
    program: '/// The wheel\nconst Wheel = struct {\n  by: u8,\n  pub fn turn() void {\n  }\n};\nfn stop() void {\n}',
    names: ['Wheel', 'Wheel/turn', 'stop'],
  },
};

/** The names of the definitions, each below those around it. */
const paths = ({ spans }: ParsedDocument): string[] => {
  const open: string[] = [];
  return spans.map(({ label, level }) => {
    open.splice(level - 1, open.length, label);
    return open.join('/');
  });
};

test.each(Object.entries(programs))('.%s: finds the definitions of a program', async (ending, { program, names }) => {
  const document = await parse(`mill.${ending}`, program);
  expect(document).toMatchObject({ format: 'code', text: program });
  expect(paths(document)).toEqual(names);
});
test('has a program for each grammar', () => {
  const tested = grammars.filter(({ endings }) => endings.split(' ').some((ending) => ending in programs));
  expect(tested).toEqual(grammars);
  expect(grammars.length).toBeGreaterThanOrEqual(16);
});

describe('splits a program by definition', () => {
  const body = (name: string): string =>
    Array.from({ length: 14 }, (_, index) => `        ${name}_${index} = compute_the_value(of=${index}, and_then="keep it")`).join('\n');
  const program = [
    '"""The mill."""',
    'import os',
    '',
    'class WaterWheel(Part):',
    '    """Turns by water."""',
    '',
    '    # Opens the gate first.',
    '    # Then waits.',
    '    @cached',
    '    def turn_by_water(self):',
    body('flow'),
    '',
    '    def stop(self):',
    body('brake'),
    '',
    'def grindWheat(sacks):',
    body('flour'),
    '',
  ].join('\n');

  test('each passage is a definition with its comments, by its lines and its names', async () => {
    const document = await parse('mill.py', program);
    expect(document.chunks.map(({ place }) => placeWords(place, 'en', 'card'))).toEqual([
      'Lines 1–24, WaterWheel / turn_by_water',
      'Lines 26–40, WaterWheel / stop',
      'Lines 42–56, grindWheat',
    ]);
    expect(definitions(document)).toEqual([
      expect.stringMatching(/^scope 1 WaterWheel: class WaterWheel\(Part\): … brake_13/),
      expect.stringMatching(/^scope 2 turn_by_water: # Opens the gate first\. … flow_13/),
      expect.stringMatching(/^scope 2 stop: def stop\(self\): … brake_13/),
      expect.stringMatching(/^scope 1 grindWheat: def grindWheat/),
    ]);
  });

  test('a passage ends at the end of a line, in a long function and without a grammar', async () => {
    const lines = Array.from({ length: 200 }, (_, index) => `  call(${index}); // The first part. And the second part of it.`);
    for (const name of ['long.js', 'long.hs']) {
      const { text, chunks } = await parse(name, ['function turn() {', ...lines, '}'].join('\n'));
      expect(chunks.length).toBeGreaterThan(4);
      for (const { end } of chunks) expect(text[end] ?? '\n').toBe('\n');
    }
  });

  test('names are found by their parts, and by the other way to write them', async () => {
    const document = await parse('mill.py', program);
    const [turn, , grind] = document.chunks.map((chunk, ordinal) =>
      passageText({ title: 'mill.py', format: 'code', text: document.text }, { ...chunk, ordinal }),
    );
    expect(grind).toMatch(/\ngrind Wheat\b/);
    expect(turn).toMatch(/\nturnbywater turn by water\b/);
    for (const [ordinal, chunk] of document.chunks.entries())
      expect(passageText({ title: 'mill', format: 'text', text: document.text }, { ...chunk, ordinal })).not.toContain('grind Wheat');
  });

  test.each([
    ['broken.ts', `export class {{{ ( ${'x = [ '.repeat(50)}\nfunction turn( {\n`],
    ['deep.js', `${'('.repeat(30_000)}1${')'.repeat(30_000)}`],
    ['nested.js', `${'function a() {\n'.repeat(3_000)}${'}\n'.repeat(3_000)}`],
    ['generated.js', `var data = [${'1234,'.repeat(300_000)}];`],
    ['page.php', '<html>\n<?php function turn() {\n} ?>\n</html>'],
  ])('%s is read whatever its grammar makes of it', async (name, program) => {
    const document = await parse(name, program);
    expect(document.format).toBe('code');
    expect(document.text).toBe(program);
    expect(document.chunks.length).toBeGreaterThan(0);
    // The next program is read as well as before.
    expect(paths(await parse('after.ts', 'function turn() {\n}'))).toEqual(['turn']);
  });
});
