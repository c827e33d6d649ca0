import { CFB } from '@e965/xlsx';

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** A mail of Outlook with a subject and a plain body: the streams of [MS-OXMSG] that name them, in a compound file. */
export const makeMsg = (subject: string, body: string): Buffer => {
  const file = CFB.utils.cfb_new();
  CFB.utils.cfb_add(file, '/__substg1.0_0037001F', utf16(subject));
  CFB.utils.cfb_add(file, '/__substg1.0_1000001F', utf16(body));
  CFB.utils.cfb_add(file, '/__substg1.0_001A001F', utf16('IPM.Note'));
  CFB.utils.cfb_add(file, '/__properties_version1.0', Buffer.alloc(32));
  return Buffer.from(CFB.write(file, { type: 'buffer' }) as Uint8Array);
};
