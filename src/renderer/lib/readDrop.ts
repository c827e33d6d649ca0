import type { FileProblem } from '@shared/model';

/** A file with its name, including its folder. */
export interface LooseFile {
  file: File;
  source: string;
}

/** Files inside folders that systems and tools create for themselves. */
const ignored =
  /(^|\/)(\.[^/]+|~\$[^/]*|node_modules|__MACOSX|\$RECYCLE\.BIN|System Volume Information|Thumbs\.db|desktop\.ini|Icon\r)(\/|$)/i;

/** True for a file inside a chosen folder that is not the person's own: `source` begins with that folder. */
export const isIgnored = (source: string): boolean => source.includes('/') && ignored.test(source.slice(source.indexOf('/')));

export interface Drop {
  files: LooseFile[];
  /** Files and folders that the system does not let the page read. */
  unreadable: { source: string; problem: FileProblem }[];
}

/** The reason why a file cannot be read, from the browser's error. */
export const problemOf = (error: unknown): FileProblem => {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotFoundError') return 'missing';
  if (name === 'NotReadableError' || name === 'SecurityError' || name === 'NotAllowedError') return 'denied';
  return 'other';
};

/** All files of a drop, including those in folders. Takes the entries synchronously, because the data is gone after the event. */
export const readDrop = async (data: Pick<DataTransfer, 'items' | 'files'>): Promise<Drop> => {
  const entries: FileSystemEntry[] = [];
  /** Files without an entry that can be read, such as an attachment dragged out of a mail. */
  const loose: File[] = [];
  for (const item of data.items) {
    const entry = item.webkitGetAsEntry();
    const file = entry === null && item.kind === 'file' ? item.getAsFile() : null;
    if (entry !== null) entries.push(entry);
    else if (file !== null) loose.push(file);
  }
  const plain = entries.length > 0 || loose.length > 0 ? loose : [...data.files];
  const drop: Drop = { files: plain.map((file) => ({ file, source: file.name })), unreadable: [] };
  for (const entry of entries) await walk(entry, drop);
  return drop;
};

const sourceOf = (entry: FileSystemEntry): string => entry.fullPath.replace(/^\//, '');

/** An entry that cannot be read must not stop the others. */
const walk = async (entry: FileSystemEntry, drop: Drop): Promise<void> => {
  const source = sourceOf(entry);
  if (isIgnored(source)) return;
  try {
    await read(entry, drop);
  } catch (error) {
    console.warn('A dropped entry cannot be read.', error);
    drop.unreadable.push({ source, problem: problemOf(error) });
  }
};

const read = async (entry: FileSystemEntry, drop: Drop): Promise<void> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    drop.files.push({ file, source: sourceOf(entry) });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader returns some 100 entries at a time, and none at the end.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, drop);
  }
};
