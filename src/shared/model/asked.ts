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

/** An answer that reads all of one document, or asks before it begins. */
export const wholeSchema = z.object({
  /** `choose`: several documents fit; `confirm`: above the person's limit, and not begun; `reading`: begun; `read`: at its end. */
  state: z.enum(['choose', 'confirm', 'reading', 'read']),
  /** The document, or those that fit. */
  documentIds: z.array(idSchema),
  versionId: idSchema.nullable(),
  /** Null where the document has no pages. */
  pages: z.number().int().nullable(),
  /** The parts in which a model reads it, and how many of them were made before; 0 without a model. */
  parts: z.number().int(),
  kept: z.number().int(),
  /** An estimate of the tokens that are still to be paid for. The price in 1e-9 USD; null where it is not known. */
  inputTokens: z.number().int(),
  outputTokens: z.number().int(),
  costNano: z.number().int().nullable(),
  /** Empty without a model. */
  model: z.string(),
  /** True where the model runs on this machine. */
  local: z.boolean(),
});
export type Whole = z.infer<typeof wholeSchema>;

/** The document at hand when a question was asked. */
export const aboutSchema = z.object({
  documentId: idSchema,
  /** True where all of it is wanted, in whatever words. */
  whole: z.boolean().default(false),
});
export type About = z.infer<typeof aboutSchema>;

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
  whole: wholeSchema.optional(),
});
export type Asked = z.infer<typeof askedSchema>;
