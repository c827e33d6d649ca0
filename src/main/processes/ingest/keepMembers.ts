import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { limits } from './limits';
import type { Member } from './parsers/parser';

/**
 * Writes the files within a document into `folder`, which it makes, under numbers, never under their own names, which are untrusted. Empty ones and
 * those above the limits are left out. Returns each with the name of its file there.
 */
export const keepMembers = async (members: readonly Member[], folder: string): Promise<{ name: string; file: string }[]> => {
  const kept: { name: string; file: string }[] = [];
  if (members.length > 0) await mkdir(folder, { recursive: true });
  for (const { name, bytes } of members.slice(0, limits.members)) {
    if (bytes.length === 0 || bytes.length > limits.fileBytes) continue;
    const file = `${kept.length}`;
    await writeFile(join(folder, file), bytes);
    kept.push({ name, file });
  }
  return kept;
};
