/** The fields of what should be an object; none where it is something else. */
export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

/** The entries of what should be a list; none where it is something else. */
export const entriesOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** A value that should be text; empty where it is something else. */
export const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '');
