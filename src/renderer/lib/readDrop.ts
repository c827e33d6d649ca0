/** A file with the name it came under, its folder included. */
export interface LooseFile {
  file: File;
  source: string;
}

const ignored = /(^|\/)(\.[^/]+|Thumbs\.db|desktop\.ini)$/i;

/** All files of a drop, folders walked through. Entries must be taken synchronously: the data is gone after the event. */
export const readDrop = async (data: DataTransfer): Promise<LooseFile[]> => {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const plain = [...data.files];
  if (entries.length === 0) return plain.map((file) => ({ file, source: file.name }));
  const found: LooseFile[] = [];
  for (const entry of entries) await walk(entry, found);
  return found.filter(({ source }) => !ignored.test(source));
};

const walk = async (entry: FileSystemEntry, found: LooseFile[]): Promise<void> => {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ file, source: entry.fullPath.replace(/^\//, '') });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // A reader gives some 100 entries at a time, and nothing when it is through.
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return;
    for (const child of part) await walk(child, found);
  }
};
