import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { changeSchema, healthSchema } from '../model';
import { procedure } from './base';

export const systemInfoSchema = z.object({
  version: z.string(),
  host: z.enum(['electron', 'headless']),
  platform: z.string(),
  dataFolder: z.string(),
  locale: z.string(),
  /**
   * How the keys are protected: by the system's keychain, by EMERGENCE_SECRET_KEY, or by a key in a file beside them. `weak` where
   * the system protects nothing.
   */
  secrets: z.enum(['keychain', 'secret-key', 'sealed-file', 'weak']),
  /** The findings of this start when the last run did not end cleanly; else null. */
  recovery: z.object({ interruptedTurns: z.number().int(), resumedJobs: z.number().int(), damaged: z.boolean() }).nullable(),
});

export const backupSchema = z.object({
  name: z.string(),
  at: z.number().int(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'weekly', 'migration', 'manual', 'restore']),
  /** The result of its last check. */
  state: z.enum(['sound', 'damaged', 'unchecked']),
  /** Version of the program that made it; null where that is not known. */
  app: z.string().nullable(),
  /** How many conversations and documents it contains; null where that is not known. */
  conversations: z.number().int().nullable(),
  documents: z.number().int().nullable(),
  /** How many originals its documents need, and how many of them the backups keep. */
  originals: z.number().int().nullable(),
  kept: z.number().int().nullable(),
  /** True for the newest one that is sound. */
  advised: z.boolean(),
});

export const system = {
  info: procedure.output(systemInfoSchema),
  health: procedure.output(healthSchema),
  /** The stored things that changed, as events. The window invalidates its reads by them; nothing polls. */
  changes: procedure.output(eventIterator(changeSchema)),
  backups: procedure.output(z.array(backupSchema)),
  backup: procedure.output(backupSchema),
  /** Restores a backup at the next start; the present database is kept beside it. */
  restoreBackup: procedure
    .input(z.object({ name: z.string().max(200) }))
    /** How many originals of its documents exist nowhere. */
    .output(z.object({ missingOriginals: z.number().int() })),
};
