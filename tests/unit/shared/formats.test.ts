import { mimeOfSource } from '@main/knowledge/sources';
import { documentFormats, endingOf, formatOfName, formats, typeNameOf } from '@shared/model';
import { expect, it } from 'vitest';

const endings = documentFormats.flatMap((format) =>
  Object.entries(formats[format].types).map(([ending, type]) => ({ format, ending, type })),
);

it('gives each ending to one format', () => {
  expect(new Set(endings.map(({ ending }) => ending)).size).toBe(endings.length);
});

it.each(endings)('knows .$ending as $format and $type', ({ format, ending, type }) => {
  expect(formatOfName(`a folder/Some.File.${ending.toUpperCase()}`)).toEqual({ format, type });
  expect(mimeOfSource(`a/b.${ending}`)).toBe(type);
});

it.each(['README', 'a.unknown', 'folder.pdf/README', '', '.'])('knows no format of the name %j', (name) => {
  expect(formatOfName(name)).toBeNull();
  expect(mimeOfSource(name)).toBe('application/octet-stream');
});

it('takes the ending after the last dot of the name, not of its folder', () => {
  expect(['a.TAR.GZ', 'a.b/c', 'a.b\\c', 'x'].map(endingOf)).toEqual(['gz', '', '', '']);
});

it.each([
  ['outline', 'notes/plan.org', 'ORG'],
  ['outline', 'README.rst', 'RST'],
  ['outline', 'guide.adoc', 'ADOC'],
  ['markdown', 'README.md', 'MD'],
  ['outline', 'renamed', 'ORG, RST, ADOC'],
] as const)('names the kind of a file read as %s called %s: %s', (format, source, name) => {
  expect(typeNameOf(format, source)).toBe(name);
});
