/** A file with the name it came under, its folder included. */
export interface LooseFile {
  file: File;
  source: string;
}

const ignored = /(^|\/)(\.[^/]+|Thumbs\.db|desktop\.ini)$/i;

export interface Drop {
  files: LooseFile[];
  /** Files and folders that the system does not let us read. */
  unreadable: number;
}

/** All files of a drop, folders walked through. Entries must be taken synchronously: the data is gone after the event. */
export const readDrop = async (data: Pick<DataTransfer, 'items' | 'files'>): Promise<Drop> => {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = [...data.files];
  if (entries.length === 0) return { files: plain.map((file) => ({ file, source: file.name })), unreadable: 0 };
  const drop: Drop = { files: [], unreadable: 0 };
  for (const entry of entries) await walk(entry, drop);
  return drop;
};

/** One entry that cannot be read does not keep the others out. */
const walk = async (entry: FileSystemEntry, drop: Drop): Promise<void> => {
  if (ignored.test(entry.fullPath)) return;
  try {
    await read(entry, drop);
  } catch (error) {
    console.warn('A dropped entry cannot be read.', error);
    drop.unreadable += 1;
  }
};

const read = async (entry: FileSystemEntry, drop: Drop): Promise<void> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    drop.files.push({ file, source: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some 100 entries at a time, and nothing when it is through.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, drop);
  }
};
