import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Nearest tokens of a token, nearest first. */
export interface Thesaurus {
  neighbours(token: number): { token: number; cosine: number }[];
}

const perToken = 16;

/** Reads `neighbours.*` of the bundled model: uint16 ids and cosines times 255, 16 a token. */
export const loadThesaurus = async (folder: string): Promise<Thesaurus> => {
  const [ids, cosines] = await Promise.all([
    readFile(join(folder, 'neighbours.ids.u16.bin')),
    readFile(join(folder, 'neighbours.cos.u8.bin')),
  ]);
  return {
    neighbours: (token) =>
      Array.from({ length: perToken }, (_, index) => ({
        token: ids.readUInt16LE((token * perToken + index) * 2),
        cosine: (cosines[token * perToken + index] as number) / 255,
      })),
  };
};
