import { existsSync, globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { circlesIn } from '../support/circles';
import { headlessSentences } from '../support/comments';
import { allowedWaits, fixedWaitsIn } from '../support/fixedWaits';
import { type Room, rooms } from '../support/rooms';
import { unclearTitles } from '../support/titles';

const importPattern = /(?:^|\n|;)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*'([^']+)'|\bimport\s*\(?\s*'([^']+)'/g;
const aliases: Record<string, string> = { '@shared/': 'src/shared/', '@main/': 'src/main/', '@renderer/': 'src/renderer/' };

interface Import {
  file: string;
  /** Path inside the repository without extension, or a package's name. */
  target: string;
  own: boolean;
}

const resolveImport = (file: string, specifier: string): Import => {
  const clean = specifier.replace(/\?.*$/, '');
  const alias = Object.keys(aliases).find((prefix) => clean.startsWith(prefix));
  if (alias) return { file, target: aliases[alias] + clean.slice(alias.length), own: true };
  if (clean.startsWith('.')) return { file, target: posix.join(posix.dirname(file), clean), own: true };
  return { file, target: clean, own: false };
};

const imports: Import[] = globSync('src/**/*.{ts,tsx}')
  .map((path) => path.replaceAll('\\', '/'))
  .flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(importPattern)].map((match) => resolveImport(file, match[1] ?? match[2] ?? '')),
  );

const roomOf = (path: string): Room | undefined => {
  // `@shared/model` names a folder, which means its index.
  const fits = rooms.flatMap((room) =>
    room.files
      .filter((prefix) => (prefix.endsWith('/') ? `${path}/`.startsWith(prefix) : path.replace(/\.\w+$/, '') === prefix))
      .map((prefix) => ({ room, prefix })),
  );
  return fits.sort((a, b) => b.prefix.length - a.prefix.length)[0]?.room;
};
const featureOf = (path: string): string | undefined => /^src\/renderer\/features\/([^/]+)/.exec(path)?.[1];

test('the table itself has no circles: rooms import only rooms listed before them', () => {
  rooms.forEach((room, index) => {
    const before = rooms.slice(0, index).map(({ name }) => name);
    expect(before, `${room.name} may import only what stands before it in tests/support/rooms.ts`).toEqual(
      expect.arrayContaining(room.imports),
    );
  });
});

test('every source file belongs to a room', () => {
  const homeless = globSync('src/**/*.{ts,tsx}').filter((file) => !roomOf(file.replaceAll('\\', '/')));
  expect(homeless, 'A new folder is a new room: add it to tests/support/rooms.ts and to docs/architecture.md').toEqual([]);
});

test('rooms import downwards only', () => {
  const wrong = imports
    .filter(({ own }) => own)
    .flatMap(({ file, target }) => {
      const from = roomOf(file);
      const to = roomOf(target);
      if (!from || !to || from === to || from.imports.includes(to.name)) return [];
      return [
        `${file} imports ${target}: "${from.name}" may not import "${to.name}". ` +
          'Pass what you need as a dependency in compose.ts, or move the shared part down (docs/architecture.md; the table is tests/support/rooms.ts).',
      ];
    });
  expect(wrong).toEqual([]);
});

test('finds a circle of imports from any entry', () => {
  const graph = { entry: ['a', 'leaf'], a: ['b'], b: ['c', 'leaf'], c: ['a'], alone: ['alone'], leaf: [] };
  expect(circlesIn(new Map(Object.entries(graph)))).toEqual([
    ['a', 'b', 'c', 'a'],
    ['alone', 'alone'],
  ]);
});

test('no files import each other in a circle, types included', () => {
  const files = new Set(imports.map(({ file }) => file));
  const fileOf = (target: string): string[] =>
    [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].filter((path) => files.has(path)).slice(0, 1);
  const graph = new Map([...files].map((file) => [file, [] as string[]]));
  for (const { file, target, own } of imports) if (own) graph.get(file)?.push(...fileOf(target));
  const found = circlesIn(graph).map((circle) => circle.join(' imports '));
  expect(found, 'Move what both need, often a type, into a file below them.').toEqual([]);
  // The walk must have seen the imports: most files import another one of the project.
  expect([...graph.values()].filter((targets) => targets.length > 0).length).toBeGreaterThan(files.size / 2);
});

test('features do not import each other', () => {
  const wrong = imports
    .filter(({ file, target }) => featureOf(file) && featureOf(target) && featureOf(file) !== featureOf(target))
    .map(
      ({ file, target }) => `${file} imports ${target}: what two features share belongs in renderer/ui, renderer/lib or renderer/viewer.`,
    );
  expect(wrong).toEqual([]);
});

test('only the shell knows Electron', () => {
  const wrong = imports
    .filter(({ file, target }) => target === 'electron' && !/^src\/(main\/electron\/|main\/index\.ts|preload\/)/.test(file))
    .map(({ file }) => `${file} imports electron: the engine does not know its host. Pass what it needs from src/main/index.ts.`);
  expect(wrong).toEqual([]);
});

test('only the store holds SQL, and the search process for its own index', () => {
  const ofIndex = [
    'chunkIndex',
    'indexDatabase',
    'indexedVersions',
    'indexUpgrade',
    'postings',
    'storedTerms',
    'termStatistics',
    'vectorTable',
    'verifyIndex',
  ].map((name) => `src/main/processes/search/${name}.ts`);
  const statement =
    /['"`]\s*(?:SELECT|INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM|(?:CREATE|DROP|ALTER) (?:VIRTUAL )?TABLE|WITH RECURSIVE)\s/;
  const holding = globSync('src/**/*.{ts,tsx}')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => statement.test(readFileSync(file, 'utf8')));
  const wrong = holding
    .filter((file) => !file.startsWith('src/main/store/') && !ofIndex.includes(file))
    .map((file) => `${file} holds SQL: put the query into the file of its tables in src/main/store.`);
  expect(wrong).toEqual([]);
  expect(holding.length).toBeGreaterThan(30);
  expect(holding).toEqual(expect.arrayContaining(ofIndex));
});

test('one file writes the words of a place in a document, and one form holds it', () => {
  const noun = 'pages?|lines?|lignes?|slides?|diapositives?|sheets?|feuilles?|rows?|chapters?|chapitres?|p\\.';
  // A sentence about damaged pages names several, and no place.
  const words = new RegExp(`\\b(?:${noun}) (?:\\$\\{|\\{\\{(?!pages\\}))`, 'i');
  const files = globSync('src/**/*.{ts,tsx,json}').map((file) => file.replaceAll('\\', '/'));
  const wrong = files
    .filter((file) => words.test(readFileSync(file, 'utf8')))
    .map((file) => `${file} writes the words of a place: use placeWords of src/shared/model/placeWords.ts.`);
  expect(['page $', 'Lignes {', 'p. $'].every((text) => words.test(`${text}{n}`))).toBe(true);
  expect(wrong).toEqual([]);
  // The fields of earlier versions stand only where old data is read and where other programs still see them.
  const older = files.filter((file) => /\b(?:pageEnd|headingPath)\b/.test(readFileSync(file, 'utf8')));
  expect(older.sort()).toEqual(['src/main/store/places.ts', 'src/shared/contract/public/shapes.ts', 'src/shared/model/place.ts']);
});

test('the window uses no Node, the engine no DOM library', () => {
  const wrong = imports
    .filter(({ file, target }) => file.startsWith('src/renderer/') && (target.startsWith('node:') || target.startsWith('src/main/')))
    .map(({ file, target }) => `${file} imports ${target}: the window reaches the engine through its client only.`);
  expect(wrong).toEqual([]);
});

describe('the spines in docs/architecture.md', () => {
  const page = readFileSync('docs/architecture.md', 'utf8');
  const filesOf = (title: string): string[] => {
    const [, table = ''] = page.split(`| ${title} |`);
    return [...(table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)`/gm)].map(([, file]) => `src/${file}`);
  };

  test.each(['A chat message', 'A contribution to a debate'])('%s passes only files that exist', (title) => {
    expect(filesOf(title).filter((file) => !existsSync(file))).toEqual([]);
  });

  test('a chat message passes at most 14 files', () => {
    const files = filesOf('A chat message');
    expect(files).toContain('src/main/chat/runTurn.ts');
    expect(files.length).toBeLessThanOrEqual(14);
  });
});

describe('sentences of comments', () => {
  const samples = [
    '/** Whether it holds. */',
    'const a = 1; // Who asks.',
    '// The first.',
    '// Which one.',
    '/*',
    ' * Kept. What',
    ' * is left.',
    ' */',
  ];
  const allowed = ['/** Which model answers? */', '// The model that knows what is kept.', "const text = 'What is kept.';"];

  test('are found without an actor in every kind of comment', () => {
    expect(headlessSentences(samples.join('\n'))).toEqual(['1: Whether it holds.', '2: Who asks.', '3: Which one.', '5: What is left.']);
    expect(headlessSentences(allowed.join('\n'))).toEqual([]);
  });

  test('begin with no What, Who, Which, Whether or Whose unless they ask', () => {
    const files = globSync('{src,tests,scripts}/**/*.{ts,tsx,mjs,css}').map((path) => path.replaceAll('\\', '/'));
    const wrong = files
      .filter((file) => file !== 'tests/unit/architecture.test.ts')
      .flatMap((file) => headlessSentences(readFileSync(file, 'utf8')).map((sentence) => `${file}:${sentence}`));
    expect(files.length).toBeGreaterThan(500);
    expect(wrong, 'Name the actor or the thing: "True when ...", "The address without ...", "Returns ..." (CONTRIBUTING.md)').toEqual([]);
  });
});

describe('titles of tests', () => {
  test('are found when they are too long or begin with a question word', () => {
    const long = `keeps ${'a'.repeat(90)}`;
    const files = [`test('${long}', () => {});`, "  test.each([1])('what is kept', () => {});", "test.skipIf(!built)('Who asks', run);"];
    expect(files.flatMap(unclearTitles)).toEqual([long, 'what is kept', 'Who asks']);
    expect(unclearTitles("test('keeps what is typed', run);")).toEqual([]);
  });

  test('say what is done and what must hold, in at most 90 characters', () => {
    const tests = ['tests/**/*.{test,spec}.{ts,tsx}', 'tests/integration/**/*.ts'];
    const files = [...new Set(globSync(tests))].map((path) => path.replaceAll('\\', '/'));
    const wrong = files
      .filter((file) => file !== 'tests/unit/architecture.test.ts')
      .flatMap((file) => unclearTitles(readFileSync(file, 'utf8')).map((title) => `${file}: ${title}`));
    expect(files.length).toBeGreaterThan(200);
    expect(wrong, 'Say what is done and what must hold (CONTRIBUTING.md, How we write)').toEqual([]);
  });
});

describe('fixed waits in tests', () => {
  test.each([
    'await page.waitForTimeout(50);',
    'await new Promise((resolve) => setTimeout(resolve, 300));',
    'await new Promise<void>((done) => {\n  setTimeout(done, 300);\n});',
    'setTimeout(pulse.resolve, 400);',
    'await wait(300);',
  ])('are found: %s', (code) => {
    expect(fixedWaitsIn(code)).toHaveLength(1);
  });

  test('are not found in a limit, a fault of a server or a poll', () => {
    const fine = ['test.setTimeout(120_000);', 'setTimeout(() => response.destroy(), 30);', 'await vi.waitFor(holds, { timeout: 9 });'];
    expect(fixedWaitsIn(fine.join('\n'))).toEqual([]);
  });

  test('stand only in the list of those with a reason', () => {
    const tests = ['tests/**/*.{test,spec}.{ts,tsx}', 'tests/integration/**/*.ts'];
    const files = [...new Set(globSync(tests))].map((path) => path.replaceAll('\\', '/'));
    const found = files
      .filter((file) => file !== 'tests/unit/architecture.test.ts')
      .map((file) => ({ file, waits: fixedWaitsIn(readFileSync(file, 'utf8')) }))
      .filter(({ waits }) => waits.length > 0);
    const wrong = found.filter(({ file, waits }) => waits.length > (allowedWaits[file]?.waits ?? 0));
    expect(wrong, 'Wait for an event, poll with expect.poll, or move a fake clock (tests/support/fixedWaits.ts)').toEqual([]);
    // A reason that no wait needs any more is taken out.
    expect(Object.fromEntries(found.map(({ file, waits }) => [file, waits.length]))).toEqual(
      Object.fromEntries(Object.entries(allowedWaits).map(([file, { waits }]) => [file, waits])),
    );
  });
});
