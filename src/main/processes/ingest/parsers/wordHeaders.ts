import { DomUtils } from 'htmlparser2';
import { allOf, around, attributeOf, descend, elementsOf, runXml, wordsOf, type XmlDocument, type XmlElement, xmlOf } from './wordXml';

const blockNames = new Set(['w:p', 'w:tr']);

/** Lines of a header that say only which page it is. */
const pageNumberAlone = /^(?:[\s\p{P}|]|\b(?:page|pages|seite|p[áa]gina|pagina|of|sur|von|de|di|[ivxlc]+)\b)*$/iu;

/** The lines of a header or footer: its paragraphs, and the rows of its tables with bars between the cells. */
const linesOf = (part: XmlDocument): string[] =>
  allOf(part, blockNames)
    .filter((block) => !around(block, 'w:tr'))
    .map((block) =>
      block.name === 'w:tr'
        ? elementsOf(block)
            .filter(({ name }) => name === 'w:tc')
            .map(wordsOf)
            .filter((cell) => cell !== '')
            .join(' | ')
        : wordsOf(block),
    )
    .filter((line) => line !== '' && !pageNumberAlone.test(line.replace(/\d+/g, ' ')));

/**
 * Puts the headers of each section before its first block and the footers behind its last one, each text once in the document.
 * `partOf` gives the part that a reference names by its id.
 */
export const writeHeaders = (document: XmlDocument, partOf: (id: string) => XmlDocument | null): void => {
  const body = descend(elementsOf(document)[0], 'w:body');
  if (!body) return;
  const seen = new Set<string>();
  const linesBy = (properties: XmlElement, name: string): string =>
    elementsOf(properties)
      .filter((child) => child.name === name)
      .flatMap((reference) => {
        const part = partOf(attributeOf(reference, 'r:id') ?? '');
        return part ? linesOf(part) : [];
      })
      .filter((line) => !seen.has(line) && seen.add(line))
      .map((line) => `<w:p>${runXml(line)}</w:p>`)
      .join('');
  let first: XmlElement | null = null;
  for (const block of elementsOf(body)) {
    first ??= block;
    const properties = block.name === 'w:sectPr' ? block : descend(block, 'w:pPr', 'w:sectPr');
    if (!properties) continue;
    for (const node of xmlOf(linesBy(properties, 'w:headerReference'))) DomUtils.prepend(first, node);
    for (const node of xmlOf(linesBy(properties, 'w:footerReference')).reverse())
      if (block === properties) DomUtils.prepend(block, node);
      else DomUtils.append(block, node);
    first = null;
  }
};
