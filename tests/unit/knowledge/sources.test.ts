import { cleanSource, fileNameOfSource, keyOfPath, keyOfSource, mimeOfSource } from '@main/knowledge/sources';
import { titleOfSource } from '@main/store/documentTitles';
import { expect, test } from 'vitest';

test.each([
  ['folder/a.md', 'folder/a.md'],
  ['..\\..\\C:\\a.md', 'C:/a.md'],
  ['/etc/../passwd', 'etc/passwd'],
  ['C:\\docs\\a.pdf', 'docs/a.pdf'],
  ['e\u0301te\u0301\u0000.txt', 'été.txt'],
  ['..', 'document'],
])('stores source %j as %j', (source, kept) => {
  expect(cleanSource(source)).toBe(kept);
});

test('derives names, titles and types from the source', () => {
  expect(titleOfSource('a/b.c/Rapport final.v2.pdf')).toBe('Rapport final.v2');
  expect(titleOfSource('.hidden')).toBe('.hidden');
  expect(titleOfSource('paste:My idea')).toBe('My idea');
  expect(fileNameOfSource('paste:My idea')).toBe('paste.md');
  expect(fileNameOfSource('a/b.pdf')).toBe('b.pdf');
  expect([mimeOfSource('a.PDF'), mimeOfSource('a.rs'), mimeOfSource('a')]).toEqual([
    'application/pdf',
    'text/plain',
    'application/octet-stream',
  ]);
});

test('treats names with any slashes as one source, and other cases and places as others', () => {
  expect(keyOfSource('notes/a.md')).toBe(keyOfSource('notes\\a.md'));
  expect(keyOfSource('README.txt')).not.toBe(keyOfSource('readme.txt'));
  expect(keyOfPath('/a/x.md')).not.toBe(keyOfPath('/b/x.md'));
  // Composed and decomposed letters: one file for macOS, two for the others.
  const [composed, decomposed] = ['é', 'e\u0301'].map((name) => (platform: NodeJS.Platform) => keyOfPath(`/a/${name}.md`, platform));
  expect(composed?.('darwin')).toBe(decomposed?.('darwin'));
  expect(composed?.('linux')).not.toBe(decomposed?.('linux'));
  expect(keyOfPath('/secret/place')).not.toContain('secret');
});
