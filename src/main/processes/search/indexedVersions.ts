import { randomUUID } from 'node:crypto';
import type { Language } from '@main/text/languages';
import { hiddenMark, type IndexDatabase } from './indexDatabase';
import { type PassageTerms, packTerms } from './terms';

export interface IndexedVersion {
  versionId: string;
  language: Language;
}

export interface NewVersion extends IndexedVersion {
  /** Hash of its document's title. */
  title: Buffer;
  head: PassageTerms | null;
}

/** A name under which no search finds a version. */
export const hiddenName = (): string => `${hiddenMark}${randomUUID()}`;

/**
 * The versions of the index by their numbers and names, in the file and in memory. `insert` and `rename` are called within a
 * transaction; the function that they return changes the memory, and is called once the transaction has committed.
 */
export const createIndexedVersions = (database: IndexDatabase) => {
  const numbers = new Map<string, number>();
  const versions = new Map<number, IndexedVersion>();
  const hiddenNames = new Set<string>();
  const know = (n: number, name: string, language: Language): void => {
    numbers.set(name, n);
    versions.set(n, { versionId: name, language });
    if (name.startsWith(hiddenMark)) hiddenNames.add(name);
  };
  const drop = (name: string): void => {
    numbers.delete(name);
    hiddenNames.delete(name);
  };
  for (const { n, versionId, language } of database
    .prepare<[], IndexedVersion & { n: number }>("SELECT n, id AS versionId, language FROM owners WHERE kind = 'version'")
    .iterate())
    know(n, versionId, language);
  const titleRow = database.prepare<[string], Buffer>('SELECT title FROM owners WHERE id = ?').pluck();
  const numberRow = database.prepare<[string], number>('SELECT n FROM owners WHERE id = ?').pluck();
  const insertRow = database.prepare('INSERT INTO owners (id, title, language, head) VALUES (?, ?, ?, ?)');
  const renameRow = database.prepare('UPDATE owners SET id = ? WHERE n = ?');
  const deleteRow = database.prepare('DELETE FROM owners WHERE n = ?');

  return {
    numberOf: (versionId: string): number | null => numbers.get(versionId) ?? null,
    of: (n: number): IndexedVersion | null => versions.get(n) ?? null,
    /** The number in the file, also within the transaction that inserts the version. */
    storedNumberOf: (name: string): number => numberRow.get(name) as number,
    titleOf: (versionId: string): Buffer | null => titleRow.get(versionId) ?? null,
    /** Names of the versions that searches find. */
    found: (): string[] => [...numbers.keys()].filter((name) => !name.startsWith(hiddenMark)),
    hidden: (): string[] => [...hiddenNames],
    /** Inserts the version under a name; `noteNumber` gets its number once the transaction has committed. */
    insert: (name: string, { title, language, head }: NewVersion, noteNumber: (n: number) => void): (() => void) => {
      const n = Number(insertRow.run(name, title, language, head && packTerms(head)).lastInsertRowid);
      return () => {
        noteNumber(n);
        know(n, name, language);
      };
    },
    rename: (n: number, name: string): (() => void) => {
      const version = versions.get(n) as IndexedVersion;
      renameRow.run(name, n);
      return () => {
        if (numbers.get(version.versionId) === n) drop(version.versionId);
        know(n, name, version.language);
      };
    },
    /** Deletes the version from the file. */
    remove: (n: number): void => {
      deleteRow.run(n);
    },
    /** Deletes the version from the memory. */
    forget: (n: number): void => {
      drop(versions.get(n)?.versionId ?? '');
      versions.delete(n);
    },
  };
};
