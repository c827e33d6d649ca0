import { EmergenceError, isNamedDocument } from '@shared/model';
import { limits } from '../limits';
import { createTextBuilder } from '../textBuilder';
import { readZipParts } from '../zipParts';
import type { ParserInput, ReadDocument } from './parser';

/**
 * Opens an archive (ZIP): its text is the list of its files; those of a kind that can be read become documents of their own. More
 * than `limits.memberBytes` unpacked is `document.unsafe`, before the rest is unpacked.
 */
export const readArchive = async ({ bytes }: ParserInput): Promise<ReadDocument> => {
  const names: string[] = [];
  const isReadable = (name: string): boolean => {
    if (!name.endsWith('/')) names.push(name);
    return isNamedDocument(name);
  };
  const parts = await readZipParts(bytes, isReadable, limits.memberBytes, limits.memberRatio);
  if (parts.size > limits.members) throw new EmergenceError('document.too_large', { files: parts.size });
  const builder = createTextBuilder();
  builder.block(names.join('\n'));
  const members = [...parts].map(([name, content]) => ({ name, bytes: content }));
  return { ...builder.build(), title: null, pages: null, members, parser: 'archive', parserVersion: '1' };
};
