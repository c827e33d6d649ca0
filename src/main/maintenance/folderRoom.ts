import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RoomPart } from '@shared/model';

/** The part to which a name in the data folder belongs. */
const partOf = (name: string): RoomPart => {
  if (name === 'blobs') return 'originals';
  if (name.startsWith('emergence.db')) return 'database';
  if (/^index\.db|hnsw|\.graph|vectors/.test(name)) return 'index';
  if (name === 'backups') return 'backups';
  if (name === 'models') return 'models';
  if (name === 'logs') return 'logs';
  return 'other';
};

/** Bytes of a file or of all in a folder. A file with several names (the backups share originals) is counted at its first one. */
const bytesOf = async (path: string, seen: Set<string>): Promise<number> => {
  const found = await lstat(path, { bigint: true }).catch(() => null);
  if (!found) return 0;
  if (found.isDirectory()) {
    let bytes = 0;
    for (const name of await readdir(path).catch(() => [])) bytes += await bytesOf(join(path, name), seen);
    return bytes;
  }
  if (found.nlink > 1n) {
    const key = `${found.dev} ${found.ino}`;
    if (seen.has(key)) return 0;
    seen.add(key);
  }
  return Number(found.size);
};

/** The bytes that each part of the data folder takes. The originals come first: what the backups share of them takes no room of its own. */
export const folderRoom = async (dataFolder: string): Promise<{ part: RoomPart; bytes: number }[]> => {
  const sums = new Map<RoomPart, number>();
  const seen = new Set<string>();
  const names = (await readdir(dataFolder)).toSorted((one, other) => Number(other === 'blobs') - Number(one === 'blobs'));
  for (const name of names) {
    const part = partOf(name);
    sums.set(part, (sums.get(part) ?? 0) + (await bytesOf(join(dataFolder, name), seen)));
  }
  return [...sums].map(([part, bytes]) => ({ part, bytes })).toSorted((one, other) => other.bytes - one.bytes);
};
