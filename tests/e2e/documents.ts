import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makePdf } from '../support/makePdf';
import { makeZip } from '../support/makeZip';

const docx = (paragraphs: string[]): Buffer =>
  makeZip({
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels':
      '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
    'word/document.xml': `<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs
      .map((text) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`)
      .join('')}</w:body></w:document>`,
  });

/** A page's worth of lines on other subjects. */
const filler = (subject: string, fact: string): { text: string }[] =>
  Array.from({ length: 40 }, (_, index) => ({ text: `In year ${1860 + index} of the ${subject} ${fact}, as in the years before.` }));

/** Writes a PDF with its fact on page 2, a DOCX and a folder of Markdown. Returns their paths. */
export const writeDocuments = (folder: string): { pdf: string; docx: string; notes: string } => {
  const paths = { pdf: join(folder, 'lighthouse.pdf'), docx: join(folder, 'ferry.docx'), notes: join(folder, 'notes') };
  writeFileSync(
    paths.pdf,
    makePdf([
      [{ text: 'The lighthouse of Kermorvan', size: 20 }, ...filler('building', 'granite was carried by oxen from the quarry')],
      [
        { text: 'The lamp', size: 16 },
        { text: 'The lamp of the Kermorvan lighthouse was lit for the first time in 1849.' },
        ...filler('lamp', 'oil was measured'),
      ],
      [{ text: 'The keepers', size: 16 }, ...filler('keepers', 'the stairs were swept and the log was written')],
    ]),
  );
  writeFileSync(paths.docx, docx(['The ferry to Molene', 'The ferry to Molene leaves the harbour at seven thirty on weekdays.']));
  mkdirSync(join(paths.notes, 'garden'), { recursive: true });
  writeFileSync(join(paths.notes, 'bees.md'), '# Bees\n\nThe hives are opened for the first time in April.\n');
  writeFileSync(join(paths.notes, 'garden', 'roses.md'), '# Roses\n\nRoses are pruned when the forsythia blooms.\n');
  return paths;
};

/** Writes a text that takes a while to ingest. Returns its path. */
export const writeLongText = (folder: string, name: string): string => {
  const path = join(folder, name);
  const line = `A line of ${name} is as long as a line of a book may be, and says little.`;
  writeFileSync(path, Array.from({ length: 150_000 }, (_, index) => `${index} ${line}`).join('\n'));
  return path;
};
