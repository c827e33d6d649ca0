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
   * What protects the keys: the system's keychain, EMERGENCE_SECRET_KEY, or a key in a file beside them. `weak` where the
   * system protects nothing.
   */
  secrets: z.enum(['keychain', 'secret-key', 'sealed-file', 'weak']),
  /** Set when the last run did not end cleanly: what was found. */
  recovery: z.object({ interruptedTurns: z.number().int(), resumedJobs: z.number().int(), damaged: z.boolean() }).nullable(),
});

export const backupSchema = z.object({
  name: z.string(),
  at: z.number().int(),
  bytes: z.number().int(),
  reason: z.enum(['daily', 'weekly', 'migration', 'manual', 'restore']),
  /** What the last look into it found. */
  state: z.enum(['sound', 'damaged', 'unchecked']),
  /** Version of the program that made it; null where that is not known. */
  app: z.string().nullable(),
  /** What it holds; null where that is not known. */
  conversations: z.number().int().nullable(),
  documents: z.number().int().nullable(),
  /** How many originals its documents need, and how many of them the backups keep. */
  originals: z.number().int().nullable(),
  kept: z.number().int().nullable(),
  /** The one to go back to: the newest that is sound. */
  advised: z.boolean(),
});

export const system = {
  info: procedure.output(systemInfoSchema),
  health: procedure.output(healthSchema),
  /** Which stored things changed, as it happens. The window invalidates its reads from it; nothing polls. */
  changes: procedure.output(eventIterator(changeSchema)),
  backups: procedure.output(z.array(backupSchema)),
  backup: procedure.output(backupSchema),
  /** Puts a backup in place at the next start; the present database is kept beside it. */
  restoreBackup: procedure
    .input(z.object({ name: z.string().max(200) }))
    /** How many originals of its documents are nowhere to be found. */
    .output(z.object({ missingOriginals: z.number().int() })),
};
