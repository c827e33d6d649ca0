import { type ErrorRecord, errorRecordSchema } from '@shared/model';
import type { z } from 'zod';

/** Entries that could not be read as they are stored, by table and id; health reports how many. */
const unreadable = new Set<string>();
/** A wholly broken table must not fill the memory with its ids. */
const mostNoted = 10_000;

const note = (entry: string): void => {
  if (unreadable.size < mostNoted) unreadable.add(entry);
};

/** How many stored entries could not be read since the program started. */
export const unreadableEntries = (): number => unreadable.size;

/** The value of a JSON text; undefined where it is none. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * Reads a stored JSON cell. A cell that the schema refuses becomes `fallback` and is counted under `entry`, the table and the
 * id of its row. Null is no cell: it becomes `fallback` and is not counted.
 */
export const readJson = <T>(schema: z.ZodType<T>, text: string | null, fallback: T, entry: string): T => {
  if (text === null) return fallback;
  const read = schema.safeParse(parseJson(text));
  if (read.success) return read.data;
  note(entry);
  return fallback;
};

/** A stored value outside of JSON, as one of a fixed set; another one becomes `fallback` and is counted. */
export const readValue = <T>(schema: z.ZodType<T>, value: unknown, fallback: T, entry: string): T => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  note(entry);
  return fallback;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a stored JSON object field by field: a field that is missing or wrong, as in a row of an older version, takes its
 * value from `defaults`. Null where there is no object at all.
 */
export const readFields = <Shape extends z.ZodRawShape, T extends z.infer<z.ZodObject<Shape>>>(
  schema: z.ZodObject<Shape>,
  text: string | null,
  defaults: T,
  entry: string,
): T | null => {
  if (text === null) return null;
  const value = parseJson(text);
  if (!isRecord(value)) {
    note(entry);
    return null;
  }
  const whole = schema.safeParse(value);
  if (whole.success) return whole.data as T;
  const fields: Record<string, unknown> = { ...defaults };
  for (const [name, field] of Object.entries(schema.shape)) {
    const read = (field as z.ZodType).safeParse(value[name]);
    if (read.success) fields[name] = read.data;
    // A field that an older version did not write yet is no damage.
    else if (name in value) note(entry);
  }
  return fields as T;
};

/** Reads a list entry by entry: one that the schema refuses is left out and counted. */
export const readEntries = <T>(schema: z.ZodType<T>, value: unknown, entry: string): T[] => {
  if (!Array.isArray(value)) {
    note(entry);
    return [];
  }
  return value.flatMap((one: unknown): T[] => {
    const read = schema.safeParse(one);
    if (!read.success) note(entry);
    return read.success ? [read.data] : [];
  });
};

const unknownError: ErrorRecord = { code: 'internal', message: '', action: 'retry', details: {} };

/** A stored error; one that cannot be read, or of a kind this version does not know, stays an error. */
export const readError = (text: string | null, entry: string): ErrorRecord | null =>
  text === null || text === '' ? null : readJson(errorRecordSchema, text, unknownError, entry);

/**
 * Checks a row that was read against what leaves the program. A field that the schema refuses takes its value from `repairs`;
 * where there is none the row is left out (null). Either way it is counted.
 */
export const readRow = <T extends object>(schema: z.ZodType<T>, item: T, entry: string, repairs: Partial<T> = {}): T | null => {
  const first = schema.safeParse(item);
  if (first.success) return item;
  note(entry);
  const repaired = { ...item };
  for (const { path } of first.error.issues) {
    const field = path[0] as keyof T;
    if (!(field in repairs)) return null;
    repaired[field] = repairs[field] as T[keyof T];
  }
  return schema.safeParse(repaired).success ? repaired : null;
};
