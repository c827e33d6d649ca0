import type { ReadableDb, WritableDb } from './database';

/** Notes that a document stood within another one; the same pair twice is one. */
export const addMember = (db: WritableDb, containerId: string, memberId: string): void => {
  if (containerId === memberId) return;
  db.prepare('INSERT OR IGNORE INTO document_members(container_id, member_id) VALUES (?, ?)').run(containerId, memberId);
};

/** True for a document whose file never came in by itself, only within other documents. */
export const isOnlyWithinOthers = (db: ReadableDb, id: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM document_versions v JOIN document_places p ON p.version_id = v.id
       WHERE v.document_id = ? AND p.key NOT LIKE 'member:%' LIMIT 1`,
    )
    .get(id) === undefined;

/** True for a document that was deleted together with one in which it stands. */
export const wentWithContainer = (db: ReadableDb, id: string): boolean =>
  db
    .prepare(
      `SELECT 1 FROM document_members m JOIN documents c ON c.id = m.container_id JOIN documents d ON d.id = m.member_id
       WHERE m.member_id = ? AND d.deleted_at IS NOT NULL AND c.deleted_at = d.deleted_at`,
    )
    .get(id) !== undefined;

/**
 * The documents that stand within a document and nowhere else, at any depth: no file of theirs came in by itself, and no other document
 * outside holds them. A container is not among them.
 */
export const membersOnlyIn = (db: ReadableDb, containerId: string): string[] => {
  const within = db
    .prepare<[string], string>(
      `WITH RECURSIVE inside(id) AS (SELECT ? UNION SELECT m.member_id FROM document_members m JOIN inside ON m.container_id = inside.id)
       SELECT id FROM inside`,
    )
    .pluck()
    .all(containerId);
  const gone = new Set(within);
  const containers = db.prepare<[string], string>('SELECT container_id FROM document_members WHERE member_id = ?').pluck();
  const ownPlace = db
    .prepare<[string], number>(
      `SELECT 1 FROM document_versions v JOIN document_places p ON p.version_id = v.id
       WHERE v.document_id = ? AND p.key NOT LIKE 'member:%' LIMIT 1`,
    )
    .pluck();
  // A document that stays keeps those within it, so that one pass is not enough.
  for (let before = -1; before !== gone.size; ) {
    before = gone.size;
    for (const id of gone)
      if (id !== containerId && (ownPlace.get(id) !== undefined || containers.all(id).some((container) => !gone.has(container))))
        gone.delete(id);
  }
  gone.delete(containerId);
  return [...gone];
};
