import { pageError } from '@main/network/pageErrors';
import { endingOf, formatOfName, formats } from '@shared/model';

/** The file that an answer of the network is: its name, by whose ending it is read, and the charset that was sent with it. */
export interface PageFile {
  fileName: string;
  charset: string | null;
  /** True for a page of the web, false for a document that lies at the address. */
  isPage: boolean;
}

/** Types that say nothing: the ending of the name decides. */
const generic: ReadonlySet<string> = new Set([
  '',
  'text/plain',
  'application/octet-stream',
  'binary/octet-stream',
  'application/download',
  'application/force-download',
  'application/x-download',
]);
const otherNames: Readonly<Record<string, string>> = {
  'text/xml': 'xml',
  'application/x-pdf': 'pdf',
  'text/rtf': 'rtf',
  'text/json': 'json',
  'application/x-zip-compressed': 'zip',
  'text/x-markdown': 'md',
};
const endings = new Map(
  Object.values(formats)
    .flatMap(({ types }) => Object.entries(types).map(([ending, type]) => [type, ending] as const))
    .reverse(),
);

/** The ending of files of a media type; null where no file of this type is read. */
const endingOfType = (type: string): string | null => {
  if (type === 'text/plain') return 'txt';
  return endings.get(type) ?? otherNames[type] ?? (/[/+]json$/.test(type) ? 'json' : /\+xml$/.test(type) ? 'xml' : null);
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const safeName = (name: string): string =>
  name
    .replace(/[/\\:*?"<>|\p{Cc}]/gu, ' ')
    .trim()
    .slice(-120);

/** The name that a server gives its file, in either form of RFC 6266; empty where it gives none. */
const sentName = (disposition: string): string => {
  const extended = /filename\*\s*=\s*[\w-]+'[\w-]*'([^;]+)/i.exec(disposition)?.[1];
  return extended ? decoded(extended.trim()) : (/filename\s*=\s*"?([^";]+)"?/i.exec(disposition)?.[1] ?? '');
};

/** Decides which file an answer is. Throws `page.failed` with `type` where no file of its kind is read. */
export const pageFileOf = (headers: { get(name: string): string | null }, address: string): PageFile => {
  const sent = headers.get('content-type') ?? '';
  const type = sent.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const charset = /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(sent)?.[1] ?? null;
  if (type === 'text/html' || type === 'application/xhtml+xml')
    return { fileName: type === 'text/html' ? 'page.html' : 'page.xhtml', charset, isPage: true };
  const { pathname, hostname } = new URL(address);
  const names = [sentName(headers.get('content-disposition') ?? ''), decoded(pathname.split('/').at(-1) ?? '')].map(safeName);
  const wanted = generic.has(type) ? null : endingOfType(type);
  const named = names.find((name) => {
    const known = formatOfName(name);
    return known !== null && (generic.has(type) || known.type === type || endingOf(name) === wanted);
  });
  if (named !== undefined) {
    const isPage = formatOfName(named)?.format === 'html';
    return { fileName: named, charset, isPage };
  }
  // Without a type and an ending it may still be a page: its first letters decide.
  if (type === '') return { fileName: 'page.html', charset, isPage: true };
  const ending = endingOfType(type);
  if (ending === null) throw pageError('type', { type });
  return { fileName: `${names.find((name) => name !== '') ?? hostname}.${ending}`, charset, isPage: false };
};
