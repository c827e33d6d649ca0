import { Fragment, type ReactNode } from 'react';
import { loosePattern } from './loosePattern';

/** A text whose matching ranges `[start, end)` are marked. */
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

/** The first match of a short query in a short text, ignoring accents and case. */
export const findMatches = (text: string, query: string): [number, number][] => {
  const match = loosePattern(query)?.exec(text);
  return match ? [[match.index, match.index + match[0].length]] : [];
};
