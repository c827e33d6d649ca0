import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isPictureName } from '@shared/model';
import { readImageHeader } from '../recognise/imageHeader';
import { limits } from './limits';
import { shortestSide } from './parsers/image';
import type { Member } from './parsers/parser';

/** True for a logo of a signature, a line of a web page, and a picture that cannot be read: nobody sent it for its text. */
const isOrnament = ({ name, bytes }: Member): boolean => {
  if (!isPictureName(name)) return false;
  const header = readImageHeader(bytes);
  return header === null || Math.min(header.width, header.height) < shortestSide;
};

/**
 * Writes the files within a document into `folder`, which it makes, under numbers, never under their own names, which are untrusted. Empty ones,
 * those above the limits and pictures that are ornaments are left out. Returns each with the name of its file there.
 */
export const keepMembers = async (members: readonly Member[], folder: string): Promise<{ name: string; file: string }[]> => {
  const kept: { name: string; file: string }[] = [];
  if (members.length > 0) await mkdir(folder, { recursive: true });
  for (const { name, bytes } of members.slice(0, limits.members)) {
    if (bytes.length === 0 || bytes.length > limits.fileBytes || isOrnament({ name, bytes })) continue;
    const file = `${kept.length}`;
    await writeFile(join(folder, file), bytes);
    kept.push({ name, file });
  }
  return kept;
};
