import { type ErrorRecord, errorRecordSchema } from '@shared/model';
import type { z } from 'zod';

/** Stored entries that could not be read, by table and id; health reports their number. */
const unreadable = new Set<string>();
/** A wholly broken table must not fill the memory with its ids. */
const mostNoted = 10_000;

export const noteUnreadable = (entry: string): void => {
  if (unreadable.size < mostNoted) unreadable.add(entry);
};

/** To be called when an unreadable entry was deleted. */
export const forgetUnreadable = (entry: string): void => {
  unreadable.delete(entry);
};

/** How many stored entries could not be read since the program started. */
export const unreadableEntries = (): number => unreadable.size;

/** The value of a JSON text; undefined when the text is not JSON. */
export const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

/**
 * Reads a stored JSON cell. A cell that the schema refuses is replaced by `fallback` and counted under `entry`, the table and the
 * id of its row. A null cell is replaced by `fallback` and not counted.
 */
export const readJson = <T>(schema: z.ZodType<T>, text: string | null, fallback: T, entry: string): T => {
  if (text === null) return fallback;
  const read = schema.safeParse(parseJson(text));
  if (read.success) return read.data;
  noteUnreadable(entry);
  return fallback;
};

/** Reads a stored value, not JSON, as one of a fixed set; any other value is replaced by `fallback` and counted. */
export const readValue = <T>(schema: z.ZodType<T>, value: unknown, fallback: T, entry: string): T => {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  noteUnreadable(entry);
  return fallback;
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads a stored object field by field. A field that is missing or wrong, as in a row of an older version, takes its value from
 * `defaults`, or is left out where the schema allows it. Null where a field without a default is missing, or where there is no
 * object.
 */
const readObject = <Shape extends z.ZodRawShape, T extends z.infer<z.ZodObject<Shape>>>(
  schema: z.ZodObject<Shape>,
  value: unknown,
  defaults: Partial<T>,
  entry: string,
): T | null => {
  if (!isRecord(value)) {
    noteUnreadable(entry);
    return null;
  }
  const whole = schema.safeParse(value);
  if (whole.success) return whole.data as T;
  const fields: Record<string, unknown> = { ...defaults };
  for (const [name, field] of Object.entries(schema.shape) as [string, z.ZodType][]) {
    const read = field.safeParse(value[name]);
    const needed = !(name in defaults) && !field.safeParse(undefined).success;
    if (read.success) fields[name] = read.data;
    // A field that an older version did not write is no damage, unless the object is useless without it.
    else if (name in value || needed) noteUnreadable(entry);
    if (!read.success && needed) return null;
  }
  return fields as T;
};

/** Reads a JSON cell that holds one object, as `readObject` does; null where the cell is null. */
export const readFields = <Shape extends z.ZodRawShape, T extends z.infer<z.ZodObject<Shape>>>(
  schema: z.ZodObject<Shape>,
  text: string | null,
  defaults: Partial<T>,
  entry: string,
): T | null => (text === null ? null : readObject<Shape, T>(schema, parseJson(text), defaults, entry));

/** Reads a list of objects one by one, as `readObject` does; an unreadable one is left out and counted. */
export const readEntries = <Shape extends z.ZodRawShape, T extends z.infer<z.ZodObject<Shape>>>(
  schema: z.ZodObject<Shape>,
  value: unknown,
  defaults: Partial<T>,
  entry: string,
): T[] => {
  if (!Array.isArray(value)) {
    noteUnreadable(entry);
    return [];
  }
  return value.flatMap((one: unknown): T[] => {
    const read = readObject<Shape, T>(schema, one, defaults, entry);
    return read ? [read] : [];
  });
};

const unknownError: ErrorRecord = { code: 'internal', message: '', action: 'retry', details: {} };

/** Reads a stored error; one that is unreadable or of a kind unknown to this version becomes an unknown error. */
export const readError = (text: string | null, entry: string): ErrorRecord | null =>
  text === null || text === '' ? null : readJson(errorRecordSchema, text, unknownError, entry);

/**
 * Checks a row against the schema of the data that leaves the program. A field that the schema refuses takes its value from
 * `repairs`; without one the row is left out (null). Either way it is counted.
 */
export const readRow = <T extends object>(schema: z.ZodType<T>, item: T, entry: string, repairs: Partial<T> = {}): T | null => {
  const first = schema.safeParse(item);
  if (first.success) return item;
  noteUnreadable(entry);
  const repaired = { ...item };
  for (const { path } of first.error.issues) {
    const field = path[0] as keyof T;
    if (!(field in repairs)) return null;
    repaired[field] = repairs[field] as T[keyof T];
  }
  return schema.safeParse(repaired).success ? repaired : null;
};
