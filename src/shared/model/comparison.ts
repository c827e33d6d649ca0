import { z } from 'zod';
import { documentVersionSchema } from './document';

const partSchema = z.object({ text: z.string(), changed: z.boolean() });
export type ComparedPart = z.infer<typeof partSchema>;

/** Lines of two versions side by side: the same, changed, or unchanged ones that are left out (`skipped` of them). */
const rowSchema = z.object({
  kind: z.enum(['same', 'change', 'gap']),
  skipped: z.number().int(),
  before: z.array(partSchema),
  after: z.array(partSchema),
});
export type ComparedRow = z.infer<typeof rowSchema>;

/** How the text of a document changed from one version to another. */
export const comparisonSchema = z.object({
  from: documentVersionSchema,
  to: documentVersionSchema,
  rows: z.array(rowSchema),
  /** The number of places that changed, and how many of them are not among the rows. */
  changes: z.number().int(),
  more: z.number().int(),
  /** False where some place has too little in common to be compared by words. */
  byWords: z.boolean(),
  /** True where only the beginning of the texts was compared. */
  cut: z.boolean(),
});
export type Comparison = z.infer<typeof comparisonSchema>;
