import type { WritableDb } from './database';
import { migrations } from './migrations';

export const latestVersion = migrations.at(-1)?.version ?? 0;

/** Brings the database to `target` (the latest by default): all steps in one transaction, so that a failure leaves the old version working. */
export const migrate = (db: WritableDb, target: number = latestVersion): void => {
  const version = db.pragma('user_version', { simple: true }) as number;
  const steps = migrations.filter((step) => step.version > version && step.version <= target);
  if (steps.length === 0) return;
  db.transaction(() => {
    for (const step of steps) db.exec(step.sql);
    db.pragma(`user_version = ${steps.at(-1)?.version ?? version}`);
  }).immediate();
};
