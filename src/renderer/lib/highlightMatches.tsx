import { Fragment, type ReactNode } from 'react';

/** A text with the ranges `[start, end)` that match marked. */
export const highlightMatches = (text: string, matches: readonly (readonly [number, number])[]): ReactNode => {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of [...matches].sort((a, b) => a[0] - b[0])) {
    if (start < at || end > text.length) continue;
    parts.push(<Fragment key={at}>{text.slice(at, start)}</Fragment>, <mark key={`m${start}`}>{text.slice(start, end)}</mark>);
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
};

/** The places where a short query stands in a short text, accents and case aside. */
export const findMatches = (text: string, query: string): [number, number][] => {
  const fold = (value: string): string => [...value].map((char) => char.normalize('NFD')[0]?.toLowerCase() ?? char).join('');
  const needle = fold(query.trim());
  const at = needle ? fold(text).indexOf(needle) : -1;
  return at < 0 ? [] : [[at, at + needle.length]];
};
