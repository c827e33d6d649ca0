import { z } from 'zod';
import { idSchema } from './ids';

/** The wish of a question. The safe default is `question`: a search. */
export const questionIntents = [
  'talk',
  'clarification',
  'temporal',
  'verbatim',
  'sources',
  'listing',
  'comparison',
  'document',
  'reference',
  'followup',
  'question',
] as const;
export type QuestionIntent = (typeof questionIntents)[number];

/** How a question was understood and what was done for it, as the quiet line above an answer says it. */
export const askedSchema = z.object({
  intent: z.enum(questionIntents),
  /** The words that were searched for beside the question itself. */
  searchedAs: z.string().optional(),
  /** The documents that hold all of the words; the first of them are in the answer. */
  listed: z.object({ total: z.number().int(), shown: z.number().int(), text: z.string(), collectionIds: z.array(idSchema) }).optional(),
  /** How many passages were wanted, and how many there are. */
  sources: z.object({ wanted: z.number().int(), found: z.number().int() }).optional(),
  /** `complete`: the quotation is one stretch of the stored text from its beginning to its end. */
  quoted: z.enum(['complete', 'extract']).optional(),
  /** The things that were searched apart. */
  parts: z.array(z.string()).optional(),
});
export type Asked = z.infer<typeof askedSchema>;
