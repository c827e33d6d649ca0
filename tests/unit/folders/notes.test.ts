import { readNote } from '@main/folders/notes';
import { expect, test } from 'vitest';

test('front matter gives tags, aliases and properties, in lists and in lines', () => {
  const note = readNote(
    '---\ntitle: The mill\ntags:\n  - rent\n  - "#house/mill"\naliases: [Moulin, The old mill]\ndate: 2026-03-09\nrooms: 4\n---\n\nText #garden and #2026.',
  );
  expect(note.tags).toEqual(['rent', 'house/mill', 'garden']);
  expect(note.aliases).toEqual(['Moulin', 'The old mill']);
  expect(note.properties).toEqual([
    { name: 'title', value: 'The mill' },
    { name: 'date', value: '2026-03-09' },
    { name: 'rooms', value: '4' },
  ]);
});

test('links name a note once, with or without a heading and words of their own', () => {
  const { links } = readNote('See [[Boat]], [[people/Yvonne#Address|Yvonne]] and ![[Boat]] again, not [[]] nor [one](two).');
  expect(links).toEqual([
    { target: 'Boat', label: 'Boat' },
    { target: 'people/Yvonne', label: 'Yvonne' },
  ]);
});

test('properties and tags of Logseq are read', () => {
  const note = readNote('tags:: rent, mill\nalias:: The house\n- a block #[[several words]] #été\n  due:: [[Mar 9th, 2026]]');
  expect(note).toMatchObject({ tags: ['rent', 'mill', 'several words', 'été'], aliases: ['The house'] });
  expect(note.properties).toEqual([{ name: 'due', value: '[[Mar 9th, 2026]]' }]);
});

test('code, colours and headings hold neither tags nor links', () => {
  const { tags, links } = readNote('# Heading\n\n`#no [[no]]` a#no\n\n```\n#no [[No]]\nkey:: no\n```\n\n#yes');
  expect({ tags, links }).toEqual({ tags: ['yes'], links: [] });
});

test('front matter that is no YAML, or is built to harm, is left alone', () => {
  expect(readNote('---\na: [\n---\n#tag')).toMatchObject({ tags: ['tag'], properties: [] });
  const bomb = `---\na: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
    .split('')
    .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
    .join('\n')}\n---\n`;
  expect(readNote(bomb).properties).toEqual([]);
});
