import { readDrop } from '@renderer/lib/readDrop';
import { expect, test, vi } from 'vitest';

const file = (fullPath: string): FileSystemEntry =>
  ({ isFile: true, fullPath, file: (done: (file: File) => void) => done(new File(['x'], fullPath.split('/').at(-1) ?? '')) }) as never;
const locked = (fullPath: string): FileSystemEntry =>
  ({ isFile: true, fullPath, file: (_: unknown, failed: (error: Error) => void) => failed(new Error('locked')) }) as never;
/** A folder whose reader returns `perRead` entries at a time, as Chromium's returns a hundred. */
const folder = (fullPath: string, children: FileSystemEntry[], perRead = 2): FileSystemEntry =>
  ({
    isFile: false,
    fullPath,
    createReader: () => {
      const rest = [...children];
      return { readEntries: (done: (entries: FileSystemEntry[]) => void) => done(rest.splice(0, perRead)) };
    },
  }) as never;
const dropOf = (entries: FileSystemEntry[]) => ({ items: entries.map((entry) => ({ webkitGetAsEntry: () => entry })), files: [] }) as never;

test('walks folders to their ends, and leaves out files of the system', async () => {
  const many = Array.from({ length: 5 }, (_, index) => file(`/notes/${index}.md`));
  const drop = await readDrop(
    dropOf([folder('/notes', [...many, file('/notes/.DS_Store'), folder('/notes/.git', [file('/notes/.git/a')])])]),
  );
  expect(drop.files.map(({ source }) => source)).toEqual(['notes/0.md', 'notes/1.md', 'notes/2.md', 'notes/3.md', 'notes/4.md']);
  expect(drop.unreadable).toEqual([]);
});

test('counts one file that cannot be read and returns the others', async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  const drop = await readDrop(dropOf([folder('/a', [file('/a/1.md'), locked('/a/2.md'), file('/a/3.md')])]));
  expect(drop.files.map(({ source }) => source)).toEqual(['a/1.md', 'a/3.md']);
  expect(drop.unreadable).toEqual([{ source: 'a/2.md', problem: 'other' }]);
});

test('returns files without an entry, such as a pasted picture', async () => {
  const picture = new File(['x'], 'image.png');
  expect(await readDrop({ items: [], files: [picture] } as never)).toEqual({
    files: [{ file: picture, source: 'image.png' }],
    unreadable: [],
  });
});

test('keeps a file without an entry among others with one', async () => {
  const attachment = new File(['x'], 'mail.eml');
  const text = { kind: 'string', webkitGetAsEntry: () => null, getAsFile: () => null };
  const items = [
    { kind: 'file', webkitGetAsEntry: () => file('/a.md'), getAsFile: () => null },
    { kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => attachment },
    text,
  ];
  const drop = await readDrop({ items, files: [attachment] } as never);
  expect(drop.files.map(({ source }) => source)).toEqual(['mail.eml', 'a.md']);
});
