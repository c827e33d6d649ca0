import type { Calibration } from './api';
import { hiddenMark, type IndexDatabase } from './indexDatabase';
import type { LabelledVector } from './localVectors';
import type { QuantisedVector } from './quantise';

/** Vectors on disk, keyed by model and text: unchanged text is never embedded twice. */
export interface VectorTable {
  /** Number and calibration of a model that was already used with these dimensions. */
  model(id: string, dimensions: number): { n: number; calibration: Calibration } | null;
  /** Adds a model; deletes the vectors of one with the same name but other dimensions. */
  addModel(id: string, dimensions: number, calibration: Calibration): number;
  has(modelN: number, textHash: Buffer): boolean;
  put(modelN: number, vectors: readonly { textHash: Buffer; vector: QuantisedVector }[]): void;
  /** The vectors of every text that can be found. */
  vectors(modelN: number): Iterable<LabelledVector>;
  /** Up to `limit` of those of one version, by label, from the one after `label` on. */
  vectorsOf(modelN: number, owner: string, label: number, limit: number): LabelledVector[];
  /** Versions with at least one chunk that has no vector of this model. */
  pendingVersions(modelN: number): string[];
  pendingChunks(modelN: number): number;
  /** Up to `limit` passages of a version whose text has no vector of this model, in the order of the text. */
  missingOf(modelN: number, owner: string, limit: number): { ordinal: number; textHash: Buffer }[];
  /** Stores the vectors of those texts that a passage still has, and returns them by passage. */
  putUsed(modelN: number, vectors: readonly { textHash: Buffer; vector: QuantisedVector }[]): LabelledVector[];
  /** Deletes the vectors of texts that no chunk has any more. */
  dropUnused(textHashes: readonly Buffer[]): void;
}

interface VectorRow {
  scale: number;
  data: Buffer;
}
interface StoredRow extends VectorRow {
  label: number;
  n: number;
  ordinal: number;
}
const toVector = ({ scale, data }: VectorRow): QuantisedVector => ({
  scale,
  data: new Int8Array(data.buffer, data.byteOffset, data.length),
});

const toLabelled = (row: StoredRow, owner: string): LabelledVector => ({
  label: row.label,
  id: { owner, ordinal: row.ordinal },
  vector: toVector(row),
});

export const createVectorTable = (database: IndexDatabase): VectorTable => {
  const modelRow = database.prepare<[string], { n: number; dimensions: number; mean: number; deviation: number }>(
    'SELECT n, dimensions, mean, deviation FROM models WHERE id = ?',
  );
  const insertModel = database.prepare('INSERT INTO models (id, dimensions, mean, deviation) VALUES (?, ?, ?, ?)');
  const hasRow = database.prepare<[number, Buffer], number>('SELECT 1 FROM vectors WHERE model_n = ? AND text_hash = ?').pluck();
  const insert = database.prepare('INSERT OR REPLACE INTO vectors VALUES (?, ?, ?, ?)');
  const ownerRows = database
    .prepare<[], [number, string]>(`SELECT n, id FROM owners WHERE kind = 'version' AND id NOT LIKE '${hiddenMark}%'`)
    .raw();
  const stored = `SELECT c.id AS label, c.owner_n AS n, c.ordinal AS ordinal, v.scale AS scale, v.data AS data
    FROM chunks c JOIN vectors v ON v.model_n = ? AND v.text_hash = c.text_hash`;
  const allRows = database.prepare<[number], StoredRow>(stored);
  const rowsOfOwner = database.prepare<[number, string, number, number], StoredRow>(
    `${stored} WHERE c.owner_n = (SELECT n FROM owners WHERE id = ?) AND c.id > ? ORDER BY c.id LIMIT ?`,
  );
  const rowsOfText = database.prepare<[Buffer], { label: number; owner: string; ordinal: number }>(
    `SELECT c.id AS label, o.id AS owner, c.ordinal AS ordinal FROM chunks c
     JOIN owners o ON o.n = c.owner_n AND o.kind = 'version' AND o.id NOT LIKE '${hiddenMark}%' WHERE c.text_hash = ?`,
  );
  const missing = 'NOT EXISTS (SELECT 1 FROM vectors v WHERE v.model_n = ? AND v.text_hash = c.text_hash)';
  const missingRows = database.prepare<[string, number, number], { ordinal: number; textHash: Buffer }>(
    `SELECT c.ordinal AS ordinal, c.text_hash AS textHash FROM chunks c
     WHERE c.owner_n = (SELECT n FROM owners WHERE id = ?) AND ${missing} ORDER BY c.id LIMIT ?`,
  );
  const pendingVersionRows = database
    .prepare<[number], string>(
      `SELECT DISTINCT o.id FROM chunks c JOIN owners o ON o.n = c.owner_n AND o.kind = 'version' WHERE ${missing} ORDER BY o.n DESC`,
    )
    .pluck();
  const pendingChunkRow = database
    .prepare<[number], number>(`SELECT count(*) FROM chunks c JOIN owners o ON o.n = c.owner_n AND o.kind = 'version' WHERE ${missing}`)
    .pluck();
  const dropRow = database.prepare(
    'DELETE FROM vectors WHERE text_hash = ? AND NOT EXISTS (SELECT 1 FROM chunks WHERE text_hash = ?) AND model_n = ?',
  );
  const modelNumbers = database.prepare<[], number>('SELECT n FROM models').pluck();

  const store = (modelN: number, textHash: Buffer, { scale, data }: QuantisedVector): void => {
    insert.run(modelN, textHash, scale, Buffer.from(data.buffer, data.byteOffset, data.length));
  };
  return {
    model: (id, dimensions) => {
      const row = modelRow.get(id);
      return row && row.dimensions === dimensions ? { n: row.n, calibration: { mean: row.mean, deviation: row.deviation } } : null;
    },
    addModel: (id, dimensions, { mean, deviation }) =>
      database.transaction(() => {
        const old = modelRow.get(id);
        if (old) {
          database.prepare('DELETE FROM vectors WHERE model_n = ?').run(old.n);
          database.prepare('DELETE FROM models WHERE n = ?').run(old.n);
        }
        return Number(insertModel.run(id, dimensions, mean, deviation).lastInsertRowid);
      })(),
    has: (modelN, textHash) => hasRow.get(modelN, textHash) !== undefined,
    put: (modelN, vectors) =>
      database.transaction(() => {
        for (const { textHash, vector } of vectors) store(modelN, textHash, vector);
      })(),
    missingOf: (modelN, owner, limit) => missingRows.all(owner, modelN, limit),
    putUsed: (modelN, vectors) =>
      database.transaction(() =>
        vectors.flatMap(({ textHash, vector }) => {
          const passages = rowsOfText.all(textHash);
          if (passages.length > 0) store(modelN, textHash, vector);
          return passages.map(({ label, owner, ordinal }) => ({ label, id: { owner, ordinal }, vector }));
        }),
      )(),
    vectors: function* (modelN) {
      const owners = new Map(ownerRows.all());
      for (const row of allRows.iterate(modelN)) {
        const owner = owners.get(row.n);
        if (owner !== undefined) yield toLabelled(row, owner);
      }
    },
    vectorsOf: (modelN, owner, label, limit) => rowsOfOwner.all(modelN, owner, label, limit).map((row) => toLabelled(row, owner)),
    pendingVersions: (modelN) => pendingVersionRows.all(modelN),
    pendingChunks: (modelN) => pendingChunkRow.get(modelN) as number,
    dropUnused: (textHashes) =>
      database.transaction(() => {
        const models = modelNumbers.all();
        for (const hash of textHashes) for (const n of models) dropRow.run(hash, hash, n);
      })(),
  };
};
