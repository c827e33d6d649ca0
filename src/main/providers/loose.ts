/** The fields of a value that should be an object; none where it is not. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The entries of a value that should be a list; none where it is not. */
export const entriesOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A value that should be text; empty where it is not. */
export const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');
