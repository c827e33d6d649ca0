import { makeZip } from './makeZip';

export const wordNames =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"';

export const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
export const paragraph = (text: string, properties = ''): string =>
  `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${text.startsWith('<') ? text : run(text)}</w:p>`;

/** A Word document of a body; further parts by their name below `word/`, each the content of the root that is named with it. */
export const makeDocx = (
  body: string,
  parts: Readonly<Record<string, { root: string; content: string }>> = {},
  more: Readonly<Record<string, string>> = {},
): Buffer => {
  const names = Object.keys(parts);
  const relations = names
    .map((name, index) => {
      const kind = name.replace(/\d*\.xml$/, '');
      return `<Relationship Id="rId${index + 1}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${kind}" Target="${name}"/>`;
    })
    .join('');
  const relationsOf = (content: string): string =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${content}</Relationships>`;
  return makeZip({
    ...more,
    '[Content_Types].xml':
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    '_rels/.rels': relationsOf(
      '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/>',
    ),
    'word/_rels/document.xml.rels': relationsOf(relations),
    'word/document.xml': `<w:document ${wordNames}><w:body>${body}</w:body></w:document>`,
    ...Object.fromEntries(
      Object.entries(parts).map(([name, { root, content }]) => [`word/${name}`, `<w:${root} ${wordNames}>${content}</w:${root}>`]),
    ),
  });
};
