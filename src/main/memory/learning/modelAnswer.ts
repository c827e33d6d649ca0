import { readJson } from '@main/providers/looseJson';
import { z } from 'zod';

/** Models write "none" or "unknown" although they are asked for null. */
const nothing =
  /^(?:|null|none|nil|n\/?a|unknown|unspecified|not (?:stated|specified|mentioned|given)|inconnue?|aucune?|non (?:précisé|spécifié|mentionné)e?|-)$/i;
const said = z
  .union([z.string(), z.number(), z.null()])
  .optional()
  .transform((value) => {
    const text = String(value ?? '').trim();
    return nothing.test(text) ? null : text;
  });

/** One thing that a model found, as it was asked to write it. */
const foundSchema = z.object({
  message: z.coerce.number().int(),
  quote: z.string().min(1),
  text: said,
  subject: said,
  attribute: said,
  value: said,
  from: said,
  to: said,
  due: said,
  over: z.boolean().nullish(),
});
export type Found = z.infer<typeof foundSchema>;

/** Items one by one: an entry that the schema refuses is left out, and counted. */
const answerSchema = z.object({ items: z.array(z.unknown()) });

const verdictSchema = z.object({
  verdict: z.enum(['same', 'updates', 'contradicts', 'unrelated']),
  confidence: z.coerce.number().min(0).max(1),
});
export type JudgedVerdict = z.infer<typeof verdictSchema>;

/** The outermost JSON object in an answer, also between words or fences; null where there is none. */
const objectIn = (answer: string): unknown => {
  const start = answer.indexOf('{');
  const end = answer.lastIndexOf('}');
  return start < 0 || end <= start ? null : (readJson(answer.slice(start, end + 1))?.value ?? null);
};

export type ReadAnswer = { items: Found[]; refused: number } | { fault: string };

/** Reads the answer to `memory-analysis`. `fault` says what is wrong with the whole, for the one repair. */
export const readFound = (answer: string): ReadAnswer => {
  const value = objectIn(answer);
  if (value === null) return { fault: 'no JSON object' };
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) return { fault: z.prettifyError(parsed.error).slice(0, 300) };
  const read = parsed.data.items.map((item) => foundSchema.safeParse(item));
  const items = read.flatMap(({ data }) => data ?? []);
  const first = read.find(({ success }) => !success)?.error;
  // A whole answer in another form is worth a repair; single entries are not.
  if (items.length === 0 && first) return { fault: z.prettifyError(first).slice(0, 300) };
  return { items, refused: read.length - items.length };
};

/** The verdict in the answer to `memory-judge`; null where there is none. */
export const readVerdict = (answer: string): JudgedVerdict | null => verdictSchema.safeParse(objectIn(answer)).data ?? null;
