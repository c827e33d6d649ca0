import { EmergenceError } from '@shared/model';
import type { z } from 'zod';
import { parseJson } from './json';

/** Encodes the sort key of the last row of a page, opaque to the client. */
export const encodeCursor = (key: readonly (string | number)[]): string => Buffer.from(JSON.stringify(key)).toString('base64url');

/** Decodes a cursor of `encodeCursor` for a list with keys of this form; throws `input.invalid` for anything else. */
export const decodeCursor = <Key>(cursor: string, schema: z.ZodType<Key>): Key => {
  const parsed = schema.safeParse(parseJson(Buffer.from(cursor, 'base64url').toString()));
  if (!parsed.success) throw new EmergenceError('input.invalid', { field: 'cursor' });
  return parsed.data;
};
