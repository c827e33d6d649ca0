import { EmergenceError, isPictureName, isReadableName } from '@shared/model';
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
  const pictures = { count: 0, bytes: 0 };
  const isReadable = (name: string, declaredBytes: number): boolean => {
    if (!name.endsWith('/')) names.push(name);
    if (!isPictureName(name)) return isReadableName(name);
    if (pictures.count >= limits.memberPictures || pictures.bytes + declaredBytes > limits.memberPictureBytes) return false;
    pictures.count += 1;
    pictures.bytes += declaredBytes;
    return true;
  };
  const parts = await readZipParts(bytes, isReadable, limits.memberBytes, limits.memberRatio);
  if (parts.size > limits.members) throw new EmergenceError('document.too_large', { files: parts.size });
  const builder = createTextBuilder();
  builder.block(names.join('\n'));
  const members = [...parts].map(([name, content]) => ({ name, bytes: content }));
  return { ...builder.build(), title: null, pages: null, members, parser: 'archive', parserVersion: '1' };
};
