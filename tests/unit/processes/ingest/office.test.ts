import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ParsedDocument } from '@main/processes/ingest/api';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { placeWords } from '@shared/model';
import { afterAll, describe, expect, test } from 'vitest';
import { makePptx } from '../../../support/makePptx';
import { makeZip } from '../../../support/makeZip';
import { openDocument } from '../../../support/openDocument';

const folder = mkdtempSync(join(tmpdir(), 'emergence-office-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (name: string, content: string | Uint8Array): Promise<ParsedDocument> => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return parseDocument({ path, fileName: name });
};
const words = ({ chunks }: ParsedDocument): string[] => chunks.map(({ place }) => placeWords(place, 'en', 'card'));

describe('reads presentations by slide', () => {
  test('PPTX: titles, lists and the notes of the speaker, in the order of the slides', async () => {
    const read = await parse(
      'talk.pptx',
      makePptx([
        { title: 'Budget 2026', lines: ['Le budget est de 9 000 euros.'], notes: 'Dire que Claire a signé.' },
        { title: 'Calendrier', lines: ['Début en mars', 'Fin en juin'] },
      ]),
    );
    expect(read.text).toContain('Dire que Claire a signé.');
    expect(read.text.indexOf('Claire')).toBeLessThan(read.text.indexOf('Calendrier'));
    expect(words(read)).toEqual(['Slide 1 “Budget 2026”', 'Slide 2 “Calendrier”']);
    expect(read.format).toBe('pptx');
  });

  test('ODP: slides with their titles', async () => {
    const page = (title: string, text: string): string =>
      `<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>${title}</text:p></draw:text-box></draw:frame><draw:frame><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame></draw:page>`;
    const read = await parse('talk.odp', openDocument('presentation', page('One', 'first words') + page('Two', 'second words')));
    expect(words(read)).toEqual(['Slide 1 “One”', 'Slide 2 “Two”']);
  });
});

describe('reads texts of other programs', () => {
  test('ODT: headings, tables as rows, and the headings above a passage', async () => {
    const read = await parse(
      'letter.odt',
      openDocument(
        'text',
        '<text:h text:outline-level="1">Baux</text:h><text:p>Le loyer est dû le 5.</text:p><table:table><table:table-row><table:table-cell><text:p>Mois</text:p></table:table-cell><table:table-cell><text:p>Loyer</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>mai</text:p></table:table-cell><table:table-cell><text:p>800</text:p></table:table-cell></table:table-row></table:table>',
      ),
    );
    expect(read.text).toBe('Baux\n\nLe loyer est dû le 5.\n\nMois | Loyer\nmai | 800');
    expect(read.chunks[0]?.place.headings).toEqual(['Baux']);
    expect(read.format).toBe('odt');
  });

  test('RTF: letters in any code page, lists and tables', async () => {
    const read = await parse(
      'note.rtf',
      String.raw`{\rtf1\ansi\ansicpg1252 {\fonttbl{\f0 Arial;}}R\'e9union le \u8220?9 mars\u8221?\par \trowd\cellx100\cellx200 a\cell b\cell\row \pard Fin.\par}`,
    );
    expect(read.text).toContain('Réunion le “9 mars”');
    expect(read.text).toContain('a | b');
    expect(read.format).toBe('rtf');
  });
});

describe('reads books by chapter', () => {
  const chapter = (title: string, text: string): string =>
    `<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><a id="top"/><h1>${title}</h1><p>${text}</p></body></html>`;
  const book = (more: Record<string, string> = {}): Buffer =>
    makeZip({
      mimetype: 'application/epub+zip',
      'META-INF/container.xml':
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
      'OEBPS/book.opf':
        '<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>Le phare</dc:title></metadata><manifest><item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/><item id="a" href="t/one%20a.xhtml"/><item id="b" href="t/two.xhtml"/><item id="c" href="t/gone.xhtml"/></manifest><spine><itemref idref="b"/><itemref idref="c"/><itemref idref="a"/></spine></package>',
      'OEBPS/toc.ncx':
        '<ncx><navMap><navPoint><navLabel><text>La tempête</text></navLabel><content src="t/two.xhtml#x"/></navPoint></navMap></ncx>',
      'OEBPS/t/one a.xhtml': chapter('Le retour', 'Le gardien est rentré.'),
      'OEBPS/t/two.xhtml': chapter('II', 'La lampe s’est éteinte.'),
      ...more,
    });

  test('EPUB: chapters in the order of the spine, named by the table of contents or their heading', async () => {
    const read = await parse('phare.epub', book());
    expect(read.title).toBe('Le phare');
    expect(words(read)).toEqual(['Chapter “La tempête”, II', 'Chapter “Le retour”']);
    expect(read.text).toBe('II\n\nLa lampe s’est éteinte.\n\nLe retour\n\nLe gardien est rentré.');
  });

  test('a book whose chapters are locked says so', async () => {
    const locked = book({
      'META-INF/encryption.xml':
        '<encryption><EncryptedData><CipherData><CipherReference URI="OEBPS/t/two.xhtml"/></CipherData></EncryptedData></encryption>',
    });
    await expect(parse('locked.epub', locked)).rejects.toMatchObject({ code: 'document.encrypted' });
  });
});
