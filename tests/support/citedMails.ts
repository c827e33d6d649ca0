import { byLine, documentOf, fileOf, type GivenFile, inUnits, times, told, unplaced } from './citedFile';
import { makeMsg } from './makeMsg';
import { makeZip } from './makeZip';
import type { Fact } from './plantedFacts';

const head = (subject: string): string =>
  `From: Anne <anne@example.org>\nTo: Paul <paul@example.org>\nDate: Tue, 3 Feb 2026 08:00:00 +0100\nSubject: ${subject}\nMIME-Version: 1.0\n`;
/** A letter of several paragraphs, as plain text. */
const letter = (all: readonly Fact[]): string =>
  times(Math.ceil(all.length / 3), (index) =>
    all
      .slice(index * 3, index * 3 + 3)
      .map(told)
      .join('\n'),
  ).join('\n\n');
const mail = (): GivenFile => {
  const [part] = inUnits(1, 20, () => 'The estate of the mill');
  const attached = unplaced(20);
  const note = `# Annex\n\n${attached.map(told).join('\n\n')}\n`;
  const placed = part?.facts ?? [];
  const content = `${head('The estate of the mill')}Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n${letter(placed)}\n--b\nContent-Type: text/markdown\nContent-Disposition: attachment; filename="annex.md"\n\n${note}--b--\n`;
  return {
    file: 'estate.eml',
    bytes: Buffer.from(content),
    documents: [documentOf('eml', 'estate.eml', placed), { ...documentOf('eml', 'annex.md', byLine(note, attached), 'lines') }],
  };
};
const mailbox = (): GivenFile => {
  const letters = inUnits(8, 10, (number) => `Letter ${number} about the forge`);
  const content = letters
    .map(
      ({ label, facts: all }) =>
        `From anne Tue Feb  3 08:00:00 2026\n${head(label)}Content-Type: text/plain; charset=utf-8\n\n${letter(all)}\n`,
    )
    .join('\n');
  return fileOf(
    'mbox',
    'forge.mbox',
    content,
    letters.flatMap((one) => one.facts),
  );
};
const outlook = (): GivenFile => {
  const [part] = inUnits(1, 20, () => 'The lease of the tower');
  const placed = part?.facts ?? [];
  return fileOf('msg', 'tower.msg', makeMsg('The lease of the tower', letter(placed)), placed);
};

const archive = (): GivenFile => {
  const [first, second] = [unplaced(14), unplaced(14)];
  const [notes, log] = [`# Notes\n\n${first.map(told).join('\n\n')}\n`, second.map(told).join('\n')];
  return {
    file: 'harbour.zip',
    bytes: makeZip({ 'papers/notes.md': notes, 'harbour.log': log }),
    documents: [
      documentOf('zip', 'notes.md', byLine(notes, first), 'lines'),
      documentOf('zip', 'harbour.log', byLine(log, second), 'lines'),
    ],
  };
};

/** Mails in each of their formats, and an archive: files that may hold others. */
export const citedMails: (() => GivenFile)[] = [mail, mailbox, outlook, archive];
