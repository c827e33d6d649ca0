import { createHash } from 'node:crypto';
import { formatOfName } from '@shared/model';

/** Invisible characters that reverse the text after them or break a line: a name must look like what it is. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const unseen = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A name or title without invisible characters. */
export const cleanName = (name: string): string => name.normalize('NFC').toWellFormed().replace(unseen, '');

/** How much of a place is shown; of a longer one the end, which is the most informative. */
const longestSource = 1_000;

/** A source as it is shown and stored: forward slashes, composed letters, no drive, no path upwards or to the root. */
export const cleanSource = (source: string): string =>
  cleanName(source)
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .filter((part) => part.trim() !== '' && part !== '.' && part !== '..')
    .join('/')
    .slice(-longestSource) || 'document';

/** The key of a file of which only a name is known: a hint, never an identity. README.txt and readme.txt are two. */
export const keyOfSource = (source: string): string => `name:${cleanSource(source)}`;
/**
 * The key of a file whose path on the disk is known, which is its identity; it is stored as a hash only. macOS takes composed and
 * decomposed letters for the same name, other systems for two files.
 */
export const keyOfPath = (path: string | Buffer, platform = process.platform): string =>
  `path:${createHash('sha256')
    .update(typeof path === 'string' && platform === 'darwin' ? path.normalize('NFC') : path)
    .digest('hex')}`;

/** The key of a page of the web: its address. */
export const keyOfAddress = (address: string): string => `web:${address}`;

/** The file name of a source. Pasted text is parsed as Markdown, which loses nothing of plain text. */
export const fileNameOfSource = (source: string): string =>
  source.startsWith('paste:') ? 'paste.md' : (source.split('/').at(-1) ?? source);

/** The MIME type by the name's ending. Originals are only served as downloads or to a viewer that detects the format itself. */
export const mimeOfSource = (source: string): string => formatOfName(source)?.type ?? 'application/octet-stream';
