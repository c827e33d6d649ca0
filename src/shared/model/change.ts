import { z } from 'zod';

/** Stored things whose changes the window follows; it invalidates its reads and asks again. */
export const changeEntities = [
  'conversation',
  'message',
  'collection',
  'document',
  'folder',
  'job',
  'provider',
  'agent',
  'settings',
  'embedding',
  'health',
  'backup',
  'metrics',
  'memory',
] as const;
export const changeSchema = z.object({
  entity: z.enum(changeEntities),
  /** Ids that changed; empty means "any of them". */
  ids: z.array(z.string()),
});
export type Change = z.infer<typeof changeSchema>;
