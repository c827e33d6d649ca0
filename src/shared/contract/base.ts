import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorActions, errorTable } from '../model';

const errorData = z.object({
  action: z.enum(errorActions),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

const errors = Object.fromEntries(
  Object.entries(errorTable).map(([code, { status, message }]) => [code, { status, message, data: errorData }]),
) as { [Code in ErrorCode]: { status: number; message: string; data: typeof errorData } };

/** The base of every procedure: every call can fail with any error of the one family, typed. */
export const procedure = oc.errors(errors);

/** Cursor paging, newest first: pass the `nextCursor` of one page to get the next. */
export const page = { cursor: z.string().nullable().default(null), limit: z.number().int().min(1).max(200).default(50) };
export const done = z.object({ ok: z.literal(true) });
