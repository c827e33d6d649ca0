import { renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Note } from '@shared/model';
import { beforeAll, expect, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { again, buildSearch, documents, openForTest, put, watch } from './foldersFixture';

let ingestPath = '';
beforeAll(async () => {
  await buildSearch('vault');
  ingestPath = await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-vault');
}, 120_000);

test('links of a vault lead to its notes by name and by path, and follow a note that is renamed', async () => {
  const open = openForTest({ ingestPath });
  const root = temporaryFolder();
  const name = basename(root);
  put(root, '.obsidian/app.json', '{}');
  put(root, 'logseq/bak/Mill.md', 'an old copy');
  put(root, 'Mill.md', '---\ntags: [rent]\naliases: Moulin\n---\n# The mill\n\nOwned by [[Yvonne|Y.]], see [[deep/Boat]] and [[Nobody]].');
  put(root, 'people/Yvonne.md', '# Yvonne\n\nShe owns [[Mill]]. #person');
  put(root, 'deep/Boat.md', '# Boat\n\nIt is blue.');
  put(root, 'other/deep/Boat.md', '# Another boat\n\nIt is red.');
  const { id } = await watch(open, root);
  await open.house.queue.idle();
  const at = (path: string): string => documents(open.house)[`${name}/${path}`]?.id ?? '';
  expect(Object.keys(documents(open.house))).toHaveLength(4);
  const linksOf = (note: Note | null) => note?.links.map(({ label, documentId }) => [label, documentId]);

  const mill = open.folders.note(at('Mill.md'));
  expect(mill).toMatchObject({ tags: ['rent'], aliases: ['Moulin'] });
  expect(linksOf(mill)).toEqual([
    ['Y.', at('people/Yvonne.md')],
    ['deep/Boat', at('deep/Boat.md')],
    ['Nobody', null],
  ]);
  expect(linksOf(open.folders.note(at('people/Yvonne.md')))).toEqual([['Mill', at('Mill.md')]]);

  renameSync(join(root, 'deep/Boat.md'), join(root, 'Nobody.md'));
  await again(open, id);
  expect(linksOf(open.folders.note(at('Mill.md')))?.slice(1)).toEqual([
    ['deep/Boat', at('other/deep/Boat.md')],
    ['Nobody', at('Nobody.md')],
  ]);
});
