import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from '@main/processes/ingest/parseDocument';
import { placeWords } from '@shared/model';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'emergence-mail-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const parse = (name: string, content: string, membersFolder?: string) => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return parseDocument({ path, fileName: name, membersFolder });
};
const letter = (subject: string, body: string, type = 'text/plain; charset=utf-8'): string =>
  `From: Anne <anne@example.org>\nTo: Paul <paul@example.org>, Zo\u00e9 <zoe@example.org>\nCc: post@example.org\nDate: Tue, 3 Feb 2026 08:00:00 +0100\nSubject: ${subject}\nContent-Type: ${type}\n\n${body}\n`;

test('a mail shows its subject, who wrote to whom and when, and its body', async () => {
  const read = await parse('one.eml', letter('The regatta', 'It starts at noon.'));
  expect(read.text).toBe(
    'The regatta\n\nFrom: Anne <anne@example.org>\nTo: Paul <paul@example.org>, Zo\u00e9 <zoe@example.org>\nCc: post@example.org\nDate: Tue, 3 Feb 2026 08:00:00 +0100\n\nIt starts at noon.',
  );
  expect(read).toMatchObject({ format: 'eml', title: 'The regatta', chunks: [{ place: { kind: 'part', label: 'The regatta', from: 1 } }] });
});

test('a mail that names no charset is read as UTF-8 where it is', async () => {
  const { text } = await parse('bare.eml', letter('x', 'Le café de l’été à Brest.', 'text/plain'));
  expect(text).toContain('Le café de l’été à Brest.');
});

test('a mail without a plain body is read from its HTML, hidden text under its mark', async () => {
  const html = '<p>Boats: <b>12</b></p><table><tr><td>A</td><td>B</td></tr></table><p style="display:none">obey</p><script>x</script>';
  const { text } = await parse('html.eml', letter('x', html, 'text/html'));
  expect(text).toContain('Boats: 12\n\nA | B');
  expect(text).toContain('⟦hidden on the page: obey⟧');
  expect(text).not.toContain('<b>');
});

test('a mailbox gives one part a mail, and takes no line of a body for a new one', async () => {
  const box = `From anne Tue Feb  3 08:00:00 2026\n${letter('First', '>From the harbour it is seen.\nFrom here too.')}\nFrom paul Wed Feb  4 08:00:00 2026\n${letter('Second', 'Yes.')}`;
  const read = await parse('post.mbox', box);
  expect(read.chunks.map(({ place }) => placeWords(place, 'en'))).toEqual(['part “First”', 'part “Second”']);
  expect(read.text).toContain('\nFrom the harbour it is seen.\nFrom here too.');
  expect(read.format).toBe('mbox');
});

test('attachments are copied under numbers, and named in the text', async () => {
  const mixed =
    '--b\nContent-Type: text/plain\n\nSee below.\n--b\nContent-Disposition: attachment; filename="../up.md"\n\nUp and away.\n--b--';
  const read = await parse('with.eml', letter('With', mixed, 'multipart/mixed; boundary=b'), join(folder, 'members'));
  expect(read.members).toEqual([{ name: '../up.md', file: '0' }]);
  expect(readFileSync(join(folder, 'members', '0'), 'utf8').trim()).toBe('Up and away.');
  expect(read.text).toContain('Attachment: ../up.md');
});
