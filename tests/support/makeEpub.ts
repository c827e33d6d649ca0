import { makeZip } from './makeZip';

/** An e-book of the chapters given, each with its title and the HTML below it. */
export const makeEpub = (chapters: readonly { title: string; html: string }[], metadata = '<dc:title>Book</dc:title>'): Buffer => {
  const items = chapters.map((_, index) => `<item id="c${index}" href="c${index}.xhtml"/>`).join('');
  const spine = chapters.map((_, index) => `<itemref idref="c${index}"/>`).join('');
  const pages = chapters.map(({ title, html }, index) => [
    `OEBPS/c${index}.xhtml`,
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><h1>${title}</h1>${html}</body></html>`,
  ]);
  return makeZip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml':
      '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    'OEBPS/book.opf': `<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>${metadata}</metadata><manifest>${items}</manifest><spine>${spine}</spine></package>`,
    ...Object.fromEntries(pages),
  });
};
