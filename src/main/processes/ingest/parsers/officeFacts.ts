import { DomUtils, parseDocument } from 'htmlparser2';
import { decodeText } from '../decodeText';
import { readZipParts } from '../zipParts';
import { authorOf, datedOf, type FileFacts, honestTitle } from './facts';

/** Of the properties of a file at most this much is read. */
const mostBytes = 2 * 1024 * 1024;
/** The part of the properties: of Office's files, and of OpenDocument's. */
const isProperties = (name: string): boolean => /^(?:docProps\/core\.xml|meta\.xml)$/i.test(name);

/**
 * The properties of a file of Office (OOXML) or OpenDocument: its title, its author, and when it was last changed. A file whose
 * properties are damaged has none.
 */
export const officeFacts = async (bytes: Uint8Array): Promise<FileFacts & { title: string | null }> => {
  try {
    const [part] = (await readZipParts(bytes, isProperties, mostBytes)).values();
    if (!part) return { title: null };
    const xml = parseDocument(decodeText(part).text, { xmlMode: true });
    const stated = (name: string): string =>
      DomUtils.textContent(DomUtils.getElementsByTagName((tag) => tag.replace(/^.*:/, '') === name, xml, true, 1));
    const author = authorOf(stated('creator')) ?? authorOf(stated('initial-creator')) ?? authorOf(stated('lastModifiedBy'));
    const dated = datedOf(stated('modified'), stated('date'), stated('created'), stated('creation-date'));
    return { title: honestTitle(stated('title')), author, dated };
  } catch {
    return { title: null };
  }
};
