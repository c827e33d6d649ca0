import { isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import PostalMime, { type Address } from 'postal-mime';
import { createTextBuilder } from '../textBuilder';
import { addLetter, factsOfLetter, type Letter } from './letter';
import type { Member, ParserInput, ReadDocument } from './parser';

const parser = { parser: 'postal-mime', parserVersion: '4' };

const named = ({ name, address }: { name: string; address?: string }): string =>
  name !== '' && address ? `${name} <${address}>` : name || (address ?? '');
const addresses = (list: readonly Address[] = []): string =>
  list.flatMap((one) => (one.group ? one.group.map(named) : [named(one)])).join(', ');

/**
 * The words of a mail that names no charset, for which its reader took Western letters although they are UTF-8: "Ã©" for "é". Other
 * words stay.
 */
const mendCharset = (text: string): string => {
  if (!/[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u2122]/.test(text)) return text;
  const bytes = iconv.encode(text, 'windows-1252');
  return isUtf8(bytes) && iconv.decode(bytes, 'windows-1252') === text ? bytes.toString('utf8') : text;
};

/** Reads one mail. Parts that make no sense are left out: a mail is never refused. */
const readLetter = async (bytes: Uint8Array): Promise<Letter> => {
  const mail = await PostalMime.parse(bytes, { rfc822Attachments: true, forceRfc822Attachments: true, attachmentEncoding: 'arraybuffer' });
  const attachments = mail.attachments.flatMap(({ filename, mimeType, content }): Member[] => {
    const name = filename ?? (mimeType === 'message/rfc822' ? 'message.eml' : null);
    // A picture in the middle of the text has no name of its own, and is part of the mail.
    return name === null ? [] : [{ name, bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content) }];
  });
  return {
    from: mail.from ? addresses([mail.from]) : '',
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    date: mail.headers.find(({ key }) => key === 'date')?.value ?? '',
    subject: mail.subject ?? '',
    text: mendCharset(mail.text ?? ''),
    html: mendCharset(mail.html ?? ''),
    attachments,
  };
};

/** Reads a mail (EML); what is attached to it becomes documents of their own. */
export const readEml = async ({ bytes }: ParserInput): Promise<ReadDocument> => {
  const builder = createTextBuilder();
  const letter = await readLetter(bytes);
  addLetter(builder, letter, 1);
  return {
    ...builder.build(),
    title: letter.subject.trim() || null,
    ...factsOfLetter(letter),
    pages: null,
    members: letter.attachments,
    ...parser,
  };
};

/** The mails of a mailbox: each begins below a line `From …` that follows a blank line or the beginning (RFC 4155). */
function* lettersOf(bytes: Uint8Array): Generator<Uint8Array> {
  const box = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const starts = [...box.matchAll(/(?:^|\n\r?\n)From [^\n]*\n/g)].map((match) => ({
    at: match.index,
    body: match.index + match[0].length,
  }));
  for (const [index, { body }] of starts.entries()) {
    const letter = box.slice(body, starts[index + 1]?.at ?? box.length);
    // A line of the body that looked like a separator was quoted when it was stored.
    yield Buffer.from(letter.replace(/^>(>*From )/gm, '$1'), 'latin1');
  }
}

/** Reads a mailbox (MBOX), one mail after the other. */
export const readMbox = async ({ bytes, onProgress, signal }: ParserInput): Promise<ReadDocument> => {
  const builder = createTextBuilder();
  const members: Member[] = [];
  let number = 0;
  let read = 0;
  for (const one of lettersOf(bytes)) {
    signal.throwIfAborted();
    number += 1;
    read += one.length;
    const letter = await readLetter(one);
    addLetter(builder, letter, number);
    for (const { name, bytes: content } of letter.attachments) members.push({ name: `${number}/${name}`, bytes: content });
    onProgress(read / bytes.length);
  }
  return { ...builder.build(), title: null, pages: null, members, ...parser };
};
