import type { ReadableDb, WritableDb } from './database';

/** Stored agents: JSON text of their configuration by id. */
export const readAgentRows = (db: ReadableDb): { id: string; config: string }[] =>
  db.prepare<[], { id: string; config: string }>('SELECT id, config FROM agents').all();

export const writeAgentRow = (db: WritableDb, id: string, config: string): void => {
  db.prepare('INSERT INTO agents (id, config) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET config = excluded.config').run(id, config);
};
