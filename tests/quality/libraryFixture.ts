import { join } from 'node:path';
import { migrate } from '@main/store/migrate';
import { placeColumns, placeValues } from '@main/store/places';
import { referencesOfPassage } from '@main/text/references/references';
import { type Place, placeOfLines } from '@shared/model';
import Database from 'better-sqlite3';

export interface FixtureDocument {
  id: string;
  title: string;
  text: string;
}
export interface FixtureChunk {
  start: number;
  end: number;
  place?: Place;
}

/**
 * Writes documents into an `emergence.db` as ingestion leaves them: ready, chunked, not yet indexed. Version ids equal document
 * ids.
 */
export const createLibraryFixture = (folder: string) => {
  const database = new Database(join(folder, 'emergence.db'));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = OFF');
  migrate(database);
  const insertDocument = database.prepare(
    'INSERT INTO documents (id, title, source, current_version, created_at, updated_at) VALUES (?, ?, ?, ?, 0, 0)',
  );
  const insertVersion = database.prepare(
    `INSERT INTO document_versions (id, document_id, ordinal, blob_hash, size, mime, passages, state, created_at)
     VALUES (?, ?, 1, '', 0, 'text/plain', ?, 'ready', 0)`,
  );
  const insertText = database.prepare('INSERT INTO version_texts VALUES (?, 0, ?)');
  const insertChunk = database.prepare(
    `INSERT INTO version_chunks(version_id, ordinal, start, "end", ${placeColumns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertReference = database.prepare('INSERT INTO version_references(version_id, ordinal, key, defines) VALUES (?, ?, ?, ?)');
  return {
    database,
    add: (documents: Iterable<FixtureDocument>, chunk: (document: FixtureDocument) => FixtureChunk[]) =>
      database.transaction(() => {
        for (const document of documents) {
          const chunks = chunk(document);
          insertDocument.run(document.id, document.title, document.id, document.id);
          insertVersion.run(document.id, document.id, chunks.length);
          insertText.run(document.id, document.text);
          for (const [ordinal, { start, end, place }] of chunks.entries()) {
            insertChunk.run(document.id, ordinal, start, end, ...placeValues(place ?? placeOfLines({ from: 1, to: 1 })));
            for (const { key, defines } of referencesOfPassage(document.text.slice(start, end), place?.headings ?? []))
              insertReference.run(document.id, ordinal, key, defines ? 1 : 0);
          }
        }
      })(),
    close: () => database.close(),
  };
};
