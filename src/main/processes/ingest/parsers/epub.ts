import { posix } from 'node:path';
import { EmergenceError } from '@shared/model';
import { DomUtils, parseDocument } from 'htmlparser2';
import { decodeText } from '../decodeText';
import { limits } from '../limits';
import { createTextBuilder } from '../textBuilder';
import { readZipParts } from '../zipParts';
import { authorOf, datedOf, honestTitle } from './facts';
import { declaredCharset } from './html';
import { htmlToText } from './htmlToText';
import type { ParserInput, ReadDocument } from './parser';
import { cellText } from './tableRows';

type Parts = ReadonlyMap<string, Buffer>;
type Xml = ReturnType<typeof parseDocument>;

const xmlOf = (parts: Parts, name: string): Xml | null => {
  const bytes = parts.get(name);
  return bytes ? parseDocument(decodeText(bytes).text, { xmlMode: true }) : null;
};
/** Elements by their name without its prefix, in their order. */
const elements = (within: Xml | ReturnType<typeof DomUtils.getElementsByTagName>[number], name: string) =>
  DomUtils.getElementsByTagName((tag) => tag === name || tag.endsWith(`:${name}`), within, true);

/** The name of the part to which a reference leads; the place within the part is left out. */
const resolve = (from: string, reference: string): string => {
  const path = reference.replace(/[#?].*$/, '');
  try {
    return posix.join(posix.dirname(from), decodeURIComponent(path));
  } catch {
    // A stray % is meant as it stands.
    return posix.join(posix.dirname(from), path);
  }
};

/** The titles of chapters by the names of their parts: of the table of contents, in its newer (nav) or its older form (ncx). */
const contentsOf = (parts: Parts, navigation: readonly string[]): Map<string, string> => {
  const titles = new Map<string, string>();
  const add = (from: string, reference: string | undefined, title: string): void => {
    const name = reference === undefined ? '' : resolve(from, reference);
    if (name !== '' && title !== '' && !titles.has(name)) titles.set(name, title);
  };
  for (const name of navigation) {
    const xml = xmlOf(parts, name);
    if (!xml) continue;
    for (const point of elements(xml, 'navPoint')) {
      const label = elements(point, 'navLabel')[0];
      add(name, elements(point, 'content')[0]?.attribs.src, label ? cellText(DomUtils.textContent(label)) : '');
    }
    for (const nav of elements(xml, 'nav'))
      for (const link of elements(nav, 'a')) add(name, link.attribs.href, cellText(DomUtils.textContent(link)));
  }
  return titles;
};

const isWanted = (name: string): boolean => /\.(x?html?|opf|ncx|xml)$/i.test(name);

/**
 * Reads an e-book chapter by chapter in the order of its spine. A chapter is one part of the book; its name is the one in the table
 * of contents, else its first heading. A book whose chapters are locked is `document.encrypted`.
 */
export const readEpub = async ({ bytes, onProgress, signal }: ParserInput): Promise<ReadDocument> => {
  const parts = await readZipParts(bytes, isWanted, limits.zipBytes);
  const container = xmlOf(parts, 'META-INF/container.xml');
  const packageName = (container && elements(container, 'rootfile')[0]?.attribs['full-path']) ?? '';
  const book = xmlOf(parts, packageName);
  if (!book) throw new EmergenceError('document.unreadable', { reason: 'no_package' });
  const items = new Map(elements(book, 'item').map(({ attribs }) => [attribs.id ?? '', attribs]));
  const nameOf = (href: string | undefined): string => (href === undefined ? '' : resolve(packageName, href));
  const spine = elements(book, 'itemref').map(({ attribs }) => nameOf(items.get(attribs.idref ?? '')?.href));
  const navigation = [...items.values()]
    .filter((item) => /\bnav\b/.test(item.properties ?? '') || item['media-type'] === 'application/x-dtbncx+xml')
    .map(({ href }) => nameOf(href));
  const locked = xmlOf(parts, 'META-INF/encryption.xml');
  const lockedNames = new Set(locked ? elements(locked, 'CipherReference').map(({ attribs }) => posix.normalize(attribs.URI ?? '')) : []);
  if (spine.some((name) => lockedNames.has(name))) throw new EmergenceError('document.encrypted');

  const titles = contentsOf(parts, navigation);
  const builder = createTextBuilder();
  let chapters = 0;
  for (const [index, name] of spine.entries()) {
    signal.throwIfAborted();
    const part = parts.get(name);
    if (!part) continue;
    const before = builder.length;
    const { firstHeading } = htmlToText(decodeText(part, declaredCharset(part)).text, { builder, selfClosing: true });
    onProgress(index / spine.length);
    if (builder.length === before) continue;
    chapters += 1;
    const label = (titles.get(name) ?? firstHeading ?? '').slice(0, 200);
    builder.unit(before, { kind: 'chapter', label, level: chapters });
  }
  const title = elements(book, 'title')[0];
  return {
    ...builder.build(),
    title: (title && honestTitle(cellText(DomUtils.textContent(title)))) || null,
    author: authorOf(...elements(book, 'creator').map((creator) => DomUtils.textContent(creator))),
    dated: datedOf(...elements(book, 'date').map((date) => DomUtils.textContent(date))),
    pages: null,
    parser: 'epub',
    parserVersion: '1',
  };
};
