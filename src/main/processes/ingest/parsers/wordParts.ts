import { DomUtils } from 'htmlparser2';
import { limits } from '../limits';
import { readZipParts } from '../zipParts';
import { readComments, writeBody } from './wordBody';
import { writeHeaders } from './wordHeaders';
import { createNumbering } from './wordNumbers';
import { allOf, attributeOf, elementsOf, parseXml, writeXml, type XmlDocument } from './wordXml';

/** The parts of a Word document as mammoth asks for them. */
export interface WordFile {
  exists: (name: string) => boolean;
  read: (name: string, encoding?: string) => Promise<string | Uint8Array>;
}

/** Larger parts are read as they are: their tree would not fit into the memory beside mammoth's. */
const mostPartBytes = 48 * 1024 * 1024;
const vml = 'urn:schemas-microsoft-com:vml';

const folderOf = (name: string): string => name.slice(0, name.lastIndexOf('/') + 1);
/** The name of the part to which a relation leads from a folder. */
const resolved = (folder: string, target: string): string =>
  new URL(target.replace(/\\/g, '/'), `part:/${folder}`).pathname.replace(/^\//, '');

/**
 * The parts of a Word document, in which what mammoth leaves out stands as ordinary text: automatic numbers, values of fields,
 * equations, headers and footers, comments, text boxes.
 */
export const readWordParts = async (bytes: Uint8Array): Promise<WordFile> => {
  const parts = await readZipParts(bytes, (name) => !/(?:^|\/)(?:media|embeddings|fonts)\//i.test(name), limits.zipBytes);
  const decoder = new TextDecoder();
  /** A part as a tree; null where it is missing, too large, or defines entities, which mammoth refuses. */
  const treeOf = (name: string | undefined): XmlDocument | null => {
    const part = name === undefined ? undefined : parts.get(name);
    if (!part || part.length > mostPartBytes) return null;
    const xml = decoder.decode(part);
    return /<!(?:DOCTYPE|ENTITY)/i.test(xml.slice(0, 10_000)) ? null : parseXml(xml);
  };
  const relationsOf = (name: string): { id: string; type: string; target: string }[] => {
    const folder = folderOf(name);
    const relations = treeOf(`${folder}_rels/${name.slice(folder.length)}.rels`);
    return (relations ? allOf(relations, new Set(['Relationship'])) : [])
      .filter((relation) => attributeOf(relation, 'TargetMode') !== 'External')
      .map((relation) => ({
        id: attributeOf(relation, 'Id') ?? '',
        type: (attributeOf(relation, 'Type') ?? '').split('/').at(-1) ?? '',
        target: resolved(folder, attributeOf(relation, 'Target') ?? ''),
      }));
  };

  const main = relationsOf('').find(({ type }) => type === 'officeDocument')?.target ?? 'word/document.xml';
  const document = treeOf(main);
  if (document) {
    const relations = relationsOf(main);
    const nameBy = (type: string): string =>
      relations.find((relation) => relation.type === type && parts.has(relation.target))?.target ?? `${folderOf(main)}${type}.xml`;
    const numbering = treeOf(nameBy('numbering'));
    const numberOf = createNumbering(numbering, treeOf(nameBy('styles')));
    const comments = readComments(treeOf(nameBy('comments')));
    const write = (name: string, tree: XmlDocument): void => {
      for (const root of elementsOf(tree)) root.attribs['xmlns:v'] ??= vml;
      parts.set(name, Buffer.from(writeXml(tree)));
    };
    writeBody(document, { numberOf, comments });
    writeHeaders(document, (id) => {
      const part = treeOf(relations.find((relation) => relation.id === id)?.target);
      if (part) writeBody(part, { numberOf, comments });
      return part;
    });
    write(main, document);
    for (const name of [nameBy('footnotes'), nameBy('endnotes')]) {
      const notes = treeOf(name);
      if (!notes) continue;
      writeBody(notes, { numberOf, comments });
      write(name, notes);
    }
    if (numbering) {
      // The numbers stand in the text: no style may make a list of them once more.
      for (const style of allOf(numbering, new Set(['w:pStyle']))) DomUtils.removeElement(style);
      write(nameBy('numbering'), numbering);
    }
  }
  return {
    exists: (name) => parts.has(name),
    read: (name, encoding) => {
      const part = parts.get(name) ?? Buffer.alloc(0);
      return Promise.resolve(encoding === 'base64' ? part.toString('base64') : encoding ? decoder.decode(part) : part);
    },
  };
};
