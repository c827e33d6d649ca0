/** Joins class names and leaves out false, null and undefined. */
export const classes = (...names: (string | false | null | undefined)[]): string => names.filter(Boolean).join(' ');
