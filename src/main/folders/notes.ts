import { readFences } from '@shared/markdown/fences';
import { parse } from 'yaml';

/** The parts of a note that other programs than Emergence read: Obsidian, Logseq and those that write like them. */
export interface ReadNote {
  tags: string[];
  aliases: string[];
  /** The other entries of its front matter, as text. */
  properties: { name: string; value: string }[];
  links: { target: string; label: string }[];
}

/** Of a longer note the beginning is read. */
export const mostNoteCharacters = 500_000;
const mostEach = 200;
const longestValue = 500;

const frontMatter = /^---[ \t]*\n([\s\S]{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
/** `[[Note]]`, `[[folder/Note#Heading|words]]`, also as an embed. */
const wikiLink = /\[\[([^[\]|#\n]{1,300})(?:#[^[\]|\n]{0,300})?(?:\|([^[\]\n]{0,300}))?\]\]/g;
/** `#tag`, `#nested/tag`, and `#[[several words]]` of Logseq; a number alone is no tag. */
const inlineTag = /(?<=^|[\s(,])#(?:\[\[([^[\]\n]{1,100})\]\]|([\p{L}\p{N}_\-/]{0,100}[\p{L}_][\p{L}\p{N}_\-/]{0,100}))/gmu;
/** A property of Logseq, on a line of its own. */
const property = /^[ \t]*(?:[-*][ \t]+)?([\p{L}\p{N}_-]{1,60})::[ \t]*(.{0,500})$/gmu;
const inlineCode = /(`+)(?:(?!\1)[\s\S]){0,500}?\1/g;

/** The text without its code, in which nothing is a link or a tag. */
const withoutCode = (text: string): string => {
  const lines = text.split('\n');
  const states = readFences(lines);
  return lines
    .map((line, index) => (states[index] === 'outside' ? line : ''))
    .join('\n')
    .replace(inlineCode, ' ');
};

const asText = (value: unknown): string =>
  (Array.isArray(value)
    ? value.map(asText).join(', ')
    : value instanceof Date
      ? value.toISOString().slice(0, 10)
      : typeof value === 'object' && value !== null
        ? JSON.stringify(value)
        : String(value ?? '')
  ).slice(0, longestValue);

const asList = (value: unknown, separator: RegExp): string[] =>
  (Array.isArray(value) ? value.map(asText) : typeof value === 'string' ? value.split(separator) : [])
    .map((one) => one.trim())
    .filter(Boolean);

const plainTag = (tag: string): string =>
  tag
    .replace(/^#/, '')
    .replace(/^\[\[(.*)\]\]$/, '$1')
    .trim();

/** Front matter that is no YAML is text like any other. */
const readFrontMatter = (yaml: string): Record<string, unknown> => {
  try {
    const read: unknown = parse(yaml, { maxAliasCount: 20 });
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
};

const unique = (all: readonly string[]): string[] => {
  const seen = new Map<string, string>();
  for (const one of all) if (one !== '' && !seen.has(one.toLowerCase())) seen.set(one.toLowerCase(), one);
  return [...seen.values()].slice(0, mostEach);
};

/** Reads the tags, aliases, properties and links of a note; each once, in their order. Never throws. */
export const readNote = (text: string): ReadNote => {
  const front = frontMatter.exec(text);
  const declared = front ? readFrontMatter(front[1] ?? '') : {};
  const body = withoutCode(text.slice(front?.[0].length ?? 0, mostNoteCharacters));
  const tags: string[] = [];
  const aliases: string[] = [];
  const properties: ReadNote['properties'] = [];
  const note = (name: string, value: unknown): void => {
    if (/^tags?$/i.test(name)) tags.push(...asList(value, /[,\s]+/));
    else if (/^alias(es)?$/i.test(name)) aliases.push(...asList(value, /,/));
    else if (asText(value) !== '') properties.push({ name, value: asText(value) });
  };
  for (const [name, value] of Object.entries(declared)) note(name, value);
  for (const [, name = '', value = ''] of body.matchAll(property)) note(name, value.trim());
  for (const [, words, word] of body.matchAll(inlineTag)) tags.push(words ?? word ?? '');
  const links = new Map<string, ReadNote['links'][number]>();
  for (const [, target = '', label] of body.matchAll(wikiLink)) {
    const name = target.trim();
    if (name !== '' && !links.has(name)) links.set(name, { target: name, label: label?.trim() || name });
  }
  return {
    tags: unique(tags.map(plainTag)),
    aliases: unique(aliases),
    properties: properties.slice(0, mostEach),
    links: [...links.values()].slice(0, mostEach),
  };
};
