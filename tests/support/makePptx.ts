import { makeZip } from './makeZip';

interface Slide {
  title: string;
  lines: string[];
  notes?: string;
}

const names =
  'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const relation = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (entries: string): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${entries}</Relationships>`;
const shape = (type: string, lines: string[]): string =>
  `<p:sp><p:nvSpPr><p:cNvPr id="1" name="x"/><p:cNvSpPr/><p:nvPr><p:ph type="${type}"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>${lines
    .map((line) => `<a:p><a:r><a:t>${line}</a:t></a:r></a:p>`)
    .join('')}</p:txBody></p:sp>`;
const tree = (shapes: string): string => `<p:cSld><p:spTree><p:nvGrpSpPr/><p:grpSpPr/>${shapes}</p:spTree></p:cSld>`;

/** A presentation of the slides given, written by hand, so that tests hold no binary files. */
export const makePptx = (slides: readonly Slide[], more: Readonly<Record<string, string>> = {}): Buffer => {
  const parts: Record<string, string> = {
    ...more,
    '[Content_Types].xml': '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    '_rels/.rels': relations(`<Relationship Id="r1" Type="${relation}/officeDocument" Target="ppt/presentation.xml"/>`),
    'ppt/presentation.xml': `<p:presentation ${names}><p:sldIdLst>${slides.map((_, index) => `<p:sldId id="${256 + index}" r:id="s${index + 1}"/>`).join('')}</p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relations(
      slides
        .map((_, index) => `<Relationship Id="s${index + 1}" Type="${relation}/slide" Target="slides/slide${index + 1}.xml"/>`)
        .join(''),
    ),
  };
  for (const [index, { title, lines, notes }] of slides.entries()) {
    const number = index + 1;
    parts[`ppt/slides/slide${number}.xml`] = `<p:sld ${names}>${tree(shape('title', [title]) + shape('body', lines))}</p:sld>`;
    if (notes === undefined) continue;
    parts[`ppt/slides/_rels/slide${number}.xml.rels`] = relations(
      `<Relationship Id="n1" Type="${relation}/notesSlide" Target="../notesSlides/notesSlide${number}.xml"/>`,
    );
    parts[`ppt/notesSlides/notesSlide${number}.xml`] =
      `<p:notes ${names}>${tree(shape('body', [notes]) + shape('sldNum', [`${number}`]))}</p:notes>`;
    parts[`ppt/notesSlides/_rels/notesSlide${number}.xml.rels`] = relations(
      `<Relationship Id="s1" Type="${relation}/slide" Target="../slides/slide${number}.xml"/>`,
    );
  }
  return makeZip(parts);
};
