import msgreader, { type FieldsData } from '@kenjiuno/msgreader';
import iconv from 'iconv-lite';
import { decodeText } from '../decodeText';
import { createTextBuilder } from '../textBuilder';
import { declaredCharset } from './html';
import { addLetter, factsOfLetter } from './letter';
import type { Member, ParserInput, ReadDocument } from './parser';

/** Node gives the whole CommonJS module as its default export, other loaders the class in it. */
const MsgReader = 'default' in msgreader ? (msgreader.default as typeof msgreader) : msgreader;

/** Reads the fields of a mail; its 8-bit texts by the code page that it names, which the library takes for Western. */
const openMail = (bytes: Uint8Array): { reader: InstanceType<typeof MsgReader>; mail: FieldsData } => {
  const reader = new MsgReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const mail = reader.getFileData();
  const encoding = `cp${mail.messageCodepage ?? mail.internetCodepage ?? 1252}`;
  if (encoding === 'cp1252' || encoding === 'cp65001' || !iconv.encodingExists(encoding)) return { reader, mail };
  const again = new MsgReader(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  again.parserConfig = { ansiEncoding: encoding };
  return { reader: again, mail: again.getFileData() };
};

/** Leaves out addresses of Exchange's directory, which nobody writes to. */
const named = ({ name = '', email = '', smtpAddress = '' }: Pick<FieldsData, 'name' | 'email' | 'smtpAddress'>): string => {
  const address = smtpAddress || (email.includes('@') ? email : '');
  return name !== '' && address !== '' && name !== address ? `${name} <${address}>` : name || address;
};

/** Reads a mail of Outlook (MSG); what is attached to it becomes documents of their own. */
export const readMsg = ({ bytes }: ParserInput): ReadDocument => {
  const { reader, mail } = openMail(bytes);
  const attachments = (mail.attachments ?? []).flatMap((attached): Member[] => {
    if (attached.attachmentHidden) return [];
    const { fileName, content } = reader.getAttachment(attached);
    return [{ name: fileName, bytes: content }];
  });
  const people = (kind: string): string =>
    (mail.recipients ?? [])
      .filter(({ recipType }) => recipType === kind)
      .map(named)
      .join(', ');
  const builder = createTextBuilder();
  const letter = {
    from: named({ name: mail.senderName, email: mail.senderEmail, smtpAddress: mail.senderSmtpAddress }),
    to: people('to'),
    cc: people('cc'),
    date: mail.clientSubmitTime ?? mail.messageDeliveryTime ?? '',
    subject: mail.subject ?? '',
    text: mail.body ?? '',
    html: mail.bodyHtml ?? (mail.html ? decodeText(mail.html, declaredCharset(mail.html)).text : ''),
    attachments,
  };
  addLetter(builder, letter, 1);
  return {
    ...builder.build(),
    title: mail.subject?.trim() || null,
    ...factsOfLetter(letter),
    pages: null,
    members: attachments,
    parser: 'msgreader',
    parserVersion: '1.28',
  };
};
