import { plainText } from '../plain';
import type { Rule, RuleWords } from './ruleWords';

interface Stretch {
  start: number;
  end: number;
}

interface Context {
  words: RuleWords;
  /** The times that the sentence names: none of them is part of a value's edge. */
  times: readonly Stretch[];
}

const name = /^\p{Lu}[\p{L}'’-]*(?: (?:(?:de|du|des|la|le|les|sur|en|van|von|of|and|et|the|da|di|el|al) )*\p{Lu}[\p{L}'’&-]*)*/u;
const longestValue = 200;

/** A stretch without times at its edges, and without the small words around it. */
const trimmed = (plain: string, stretch: Stretch, { words, times }: Context): Stretch => {
  let { start, end } = stretch;
  const cut = plain.slice(start, end).search(words.valueEnd);
  if (cut > 0) end = start + cut;
  for (const time of [...times].sort((a, b) => b.end - a.end)) {
    if (time.start > start && time.start < end && plain.slice(time.end, end).trim().replace(/[.!]/g, '') === '') end = time.start;
  }
  const body = plain.slice(start, end);
  const lead = /^\s+/.exec(body)?.[0].length ?? 0;
  start += lead;
  const edge = words.valueEdges.exec(plain.slice(start, end));
  if (edge && edge.index === 0 && edge[0].length < end - start) start += edge[0].length;
  const tail = /[\s,.!;:"”»)]+$|(?:\s(?:on|in|by|at|before|for|until|le|en|avant|pour|au|a|d'ici))?\s*$/.exec(plain.slice(start, end));
  return { start, end: end - (tail?.[0].length ?? 0) };
};

/** The name at the beginning of a stretch; in small letters only where the person writes nothing but small letters. */
const nameAt = (text: string, plain: string, stretch: Stretch, context: Context, most: number): string | null => {
  const written = text.slice(stretch.start, stretch.end);
  const found = name.exec(written)?.[0];
  if (found) return context.words.noName.test(plainText(found)) ? null : found;
  if (most === 0 || /\p{Lu}/u.test(text)) return null;
  const { start, end } = trimmed(plain, stretch, context);
  const small = text.slice(start, end);
  const parts = small.split(' ');
  return small === '' || parts.length > most || context.words.noName.test(parts[0] ?? '') ? null : small;
};

const organisation = (text: string, plain: string, stretch: Stretch, context: Context): string | null => {
  const found = nameAt(text, plain, stretch, context, 2);
  if (found) return found;
  const { start, end } = trimmed(plain, stretch, context);
  const value = text.slice(start, end);
  const isOne = /^(?:a|an|the|un|une|le|la|l'|my|our|mon|ma|notre|self|myself|moi-meme|mon compte)/.test(plain.slice(start, end));
  return isOne &&
    value.split(' ').length <= 7 &&
    !/\d|\b(?:hours?|years?|heures?|ans|while|moment|client|clients|sujet|projet|project)\b/.test(value)
    ? value
    : null;
};

/** The value that a rule found in a clause, and its subject where that is somebody else; null where it names nothing. */
export const valueIn = (
  text: string,
  clause: Stretch,
  match: RegExpExecArray,
  rule: Rule,
  context: Context,
): { value: string; subject: string | null } | null => {
  const plain = plainText(text);
  const range = (group: string): Stretch | null => {
    const found = match.indices?.groups?.[group];
    return found ? { start: clause.start + found[0], end: clause.start + found[1] } : null;
  };
  const stretch = range('value');
  if (!stretch) return null;
  const about = range('subject');
  let subject: string | null = null;
  if (about) {
    const written = text.slice(about.start, about.end);
    const isRelation = Object.hasOwn(context.words.relations, plain.slice(about.start, about.end).replace(/^\p{L}+ /u, ''));
    const isNamed = name.exec(written)?.[0] === written && !context.words.noName.test(plainText(written.split(' ')[0] ?? ''));
    if (!isRelation && !isNamed && rule.kind !== 'intent') return null;
    subject = isRelation ? written.toLowerCase() : written;
  }
  const { start, end } = trimmed(plain, stretch, context);
  const body = text.slice(start, end);
  const value = (() => {
    switch (rule.value) {
      case 'name':
      case 'place':
        return nameAt(text, plain, stretch, context, rule.value === 'place' ? 2 : rule.attribute === 'name' ? 1 : 0);
      case 'organisation':
        return organisation(text, plain, stretch, context);
      case 'thing':
        return context.words.emptyValue.test(plain.slice(start, end)) ? null : body;
      case 'role':
      case 'raw':
        return text.slice(stretch.start, stretch.end).replace(/[\s.,!;]+$/, '');
      case 'whole':
        return text
          .slice(stretch.start, stretch.end)
          .replace(/^please /i, '')
          .replace(/[\s.,!;]+$/, '');
    }
  })();
  if (rule.alone && value !== body) return null;
  return value && value.length > 0 && value.length <= longestValue ? { value, subject } : null;
};
