import { isUtf8 } from 'node:buffer';
import { basename, join } from 'node:path';

/**
 * A path within a watched folder. A name that is not UTF-8 can only be opened by its bytes: its key holds them in hexadecimal, after
 * slashes with which no path within a folder begins.
 */
const bytesMark = '//';

const bytesOf = (key: string): Buffer => (key.startsWith(bytesMark) ? Buffer.from(key.slice(bytesMark.length), 'hex') : Buffer.from(key));

/** The key of a name within a folder. */
export const keyWithin = (dir: string, name: Buffer): string => {
  if (!dir.startsWith(bytesMark) && isUtf8(name)) return dir === '' ? name.toString() : `${dir}/${name.toString()}`;
  const bytes = dir === '' ? name : Buffer.concat([bytesOf(dir), Buffer.from('/'), name]);
  return bytesMark + bytes.toString('hex');
};

/** A name as it is shown; one that is not UTF-8 mostly comes from an older system with one byte a letter. */
export const shownName = (name: Buffer): string => (isUtf8(name) ? name.toString('utf8') : name.toString('latin1'));

/** The path of a key, to open it. */
export const openable = (root: string, key: string): string | Buffer =>
  key.startsWith(bytesMark) ? Buffer.concat([Buffer.from(`${root}/`), bytesOf(key)]) : join(root, key);

/** The key of the folder in which a key lies. */
export const dirOf = (key: string): string => {
  if (!key.startsWith(bytesMark)) return key.slice(0, Math.max(0, key.lastIndexOf('/')));
  const bytes = bytesOf(key);
  const end = bytes.lastIndexOf('/'.charCodeAt(0));
  if (end < 0) return '';
  const dir = bytes.subarray(0, end);
  return isUtf8(dir) ? dir.toString() : bytesMark + dir.toString('hex');
};

/** True when a key is a folder, or lies within it. */
export const isWithin = (key: string, dir: string): boolean => {
  if (dir === '' || key === dir) return true;
  const [inner, outer] = [bytesOf(key), bytesOf(dir)];
  return inner.length > outer.length && inner.subarray(0, outer.length).equals(outer) && inner[outer.length] === '/'.charCodeAt(0);
};

/** The name of a watched folder, which begins the source of each of its documents. */
export const folderName = (path: string): string => basename(path) || path;
