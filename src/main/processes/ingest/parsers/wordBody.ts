import { DomUtils } from 'htmlparser2';
import { mathText } from './wordMath';
import type { createNumbering } from './wordNumbers';
import {
  allOf,
  around,
  attributeOf,
  descend,
  elementsOf,
  isElement,
  replaceBy,
  runXml,
  textRun,
  wordsOf,
  type XmlDocument,
  type XmlElement,
  xmlOf,
} from './wordXml';

/** Elements that only hold runs: mammoth leaves out what is in them. */
const wrappers = new Set(['w:fldSimple', 'w:dir', 'w:bdo']);

const unwrap = (part: XmlDocument): void => {
  for (const element of allOf(part, wrappers).reverse())
    replaceBy(
      element,
      element.children.filter((child) => !(isElement(child) && child.name.endsWith('Pr'))),
    );
  for (const element of allOf(part, new Set(['w:ruby']))) replaceBy(element, descend(element, 'w:rubyBase')?.children ?? []);
  for (const element of allOf(part, new Set(['w:cr', 'w:ptab']))) element.name = element.name === 'w:cr' ? 'w:br' : 'w:tab';
};

const boxContent = new Set(['w:txbxContent']);

/** Of two writings of one thing, the older stays, which mammoth reads, unless only the newer has words. */
const chooseWriting = (part: XmlDocument): void => {
  for (const element of allOf(part, new Set(['mc:AlternateContent'])).reverse()) {
    const [choice, fallback] = [descend(element, 'mc:Choice'), descend(element, 'mc:Fallback')];
    const newer = choice && wordsOf(choice) !== '' && (!fallback || wordsOf(fallback) === '');
    replaceBy(element, (newer ? choice : fallback)?.children ?? []);
  }
  for (const drawing of allOf(part, new Set(['w:drawing'])))
    for (const content of allOf(drawing, boxContent)) {
      // A box within a box goes out with the outer one.
      if (around(content, 'w:drawing') !== drawing || around(content, 'w:txbxContent')) continue;
      const picture = xmlOf('<w:pict><v:shape><v:textbox/></v:shape></w:pict>')[0] as XmlElement;
      DomUtils.append(drawing, picture);
      DomUtils.removeElement(content);
      DomUtils.appendChild(descend(picture, 'v:shape', 'v:textbox') as XmlElement, content);
    }
};

const writeEquations = (part: XmlDocument): void => {
  for (const element of allOf(part, new Set(['m:oMath']))) {
    if (around(element, 'm:oMath')) continue;
    const text = mathText(element).trim();
    replaceBy(element, text === '' ? [] : [textRun(text)]);
  }
  for (const element of allOf(part, new Set(['m:oMathPara'])))
    replaceBy(element, around(element, 'w:p') ? element.children : xmlOf(`<w:p>${runXml(wordsOf(element))}</w:p>`));
};

/** The entry that is chosen in a list of the older forms has no run of its own. */
const writeDropDowns = (part: XmlDocument): void => {
  for (const list of allOf(part, new Set(['w:ddList']))) {
    const run = around(list, 'w:r');
    const entries = elementsOf(list).filter(({ name }) => name === 'w:listEntry');
    const at = Number(attributeOf(descend(list, 'w:result')) ?? attributeOf(descend(list, 'w:default')) ?? 0);
    const chosen = attributeOf(entries[at]);
    if (run && chosen) DomUtils.prepend(run, textRun(chosen));
  }
};

/** A row that begins below the second column gets empty cells before its first, or its cells would move to the left. */
const fillRows = (part: XmlDocument): void => {
  for (const skipped of allOf(part, new Set(['w:gridBefore']))) {
    const [row, columns] = [around(skipped, 'w:tr'), Number(attributeOf(skipped))];
    const first = elementsOf(row).find(({ name }) => name === 'w:tc');
    if (first && columns >= 1 && columns <= 60)
      for (const cell of xmlOf(`<w:tc><w:tcPr><w:gridSpan w:val="${columns}"/></w:tcPr><w:p/></w:tc>`)) DomUtils.prepend(first, cell);
  }
};

const paragraphNames = new Set(['w:p']);
const goneMarks = ['w:del', 'w:moveFrom'];

const writeNumbers = (part: XmlDocument, numberOf: ReturnType<typeof createNumbering>): void => {
  for (const paragraph of allOf(part, paragraphNames)) {
    const properties = descend(paragraph, 'w:pPr');
    // A paragraph whose end was deleted goes on in the next one, which has the number.
    if (goneMarks.some((mark) => descend(properties, 'w:rPr', mark))) continue;
    const number = numberOf(paragraph);
    if (!number) continue;
    const own = descend(properties, 'w:numPr');
    if (own) DomUtils.removeElement(own);
    if (number.bullet) {
      const bullet = xmlOf(`<w:numPr><w:ilvl w:val="${number.level}"/><w:numId w:val="${number.numId}"/></w:numPr>`);
      if (properties) for (const node of bullet) DomUtils.appendChild(properties, node);
      else {
        const made = xmlOf('<w:pPr/>')[0] as XmlElement;
        for (const node of bullet) DomUtils.appendChild(made, node);
        DomUtils.prependChild(paragraph, made);
      }
    } else if (number.text !== '' && wordsOf(paragraph) !== '') {
      const run = textRun(number.text);
      if (properties) DomUtils.append(properties, run);
      else DomUtils.prependChild(paragraph, run);
    }
  }
};

export interface WordComment {
  author: string;
  text: string;
}

/** The comments of a document by their id. */
export const readComments = (part: XmlDocument | null): Map<string, WordComment> =>
  new Map(
    (part ? allOf(part, new Set(['w:comment'])) : []).map((comment) => [
      attributeOf(comment, 'w:id') ?? '',
      { author: attributeOf(comment, 'w:author') ?? '', text: wordsOf(comment) },
    ]),
  );

/** A remark as text: in brackets, with its author. */
export const remark = ({ author, text }: WordComment): string => `[${author.trim() === '' ? '' : `${author.trim()}: `}${text}]`;

const writeComments = (part: XmlDocument, comments: ReadonlyMap<string, WordComment>): void => {
  for (const reference of allOf(part, new Set(['w:commentReference']))) {
    const comment = comments.get(attributeOf(reference, 'w:id') ?? '');
    const paragraph = around(reference, 'w:p');
    if (paragraph && comment && comment.text !== '') DomUtils.appendChild(paragraph, textRun(` ${remark(comment)}`));
  }
};

/** Writes into a part, as ordinary text, what Word shows there and mammoth leaves out. */
export const writeBody = (
  part: XmlDocument,
  { numberOf, comments }: { numberOf: ReturnType<typeof createNumbering>; comments: ReadonlyMap<string, WordComment> },
): void => {
  chooseWriting(part);
  unwrap(part);
  writeEquations(part);
  writeDropDowns(part);
  fillRows(part);
  writeNumbers(part, numberOf);
  writeComments(part, comments);
};
