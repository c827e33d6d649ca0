import { z } from 'zod';

/** No single call uses more tokens; a larger figure is a mistake of the server that sent it. */
export const mostTokens = 10_000_000_000;
/** 10,000 USD for one call, in 1e-9 USD. */
export const mostCostNano = 10_000_000_000_000;
/** About four months. */
const mostMs = 10_000_000_000;

/** Reads a stored figure as one that can be summed: whole, not negative and not absurd. */
const figure = (most: number) => z.number().transform((value) => Math.round(Math.min(Math.max(value, 0), most)));

/** Usage as stored with an answer. Earlier versions stored whatever the server sent. */
export const storedUsageSchema = z.object({
  inputTokens: figure(mostTokens),
  outputTokens: figure(mostTokens),
  cachedTokens: figure(mostTokens).catch(0),
  estimated: z.boolean().catch(true),
  costNano: figure(mostCostNano).nullable().catch(null),
});

/** SQL for a list of names from the program itself; not safe for text from outside. */
export const listSql = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/** SQL that bounds a column of figures, so that no sum of them overflows; null stays null. */
export const withinSql = (column: string, most: number): string => `max(0, min(${column}, ${most}))`;

/** SQL for a duration in milliseconds within its bounds. */
export const durationSql = (column: string): string => withinSql(column, mostMs);
