import { withScheme } from './address';

/** The longest address that is taken for one of a page. */
const longest = 2_000;

/**
 * The address of a web page from typed or pasted text, in the form in which it is kept: with a scheme, without the fragment. Null where
 * the text is no single address, or holds a name and a password. Pure.
 */
export const readWebAddress = (text: string): string | null => {
  const plain = text.trim().replace(/^<(.*)>$/, '$1');
  if (plain === '' || plain.length > longest || /\s/.test(plain)) return null;
  const full = withScheme(plain);
  const url = full === null ? null : URL.parse(full);
  if (!url || url.hostname === '' || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url.href.length > longest ? null : url.href;
};

/** True for the source of a document that is a page of the web. */
export const isWebSource = (source: string): boolean => /^https?:\/\//.test(source);
