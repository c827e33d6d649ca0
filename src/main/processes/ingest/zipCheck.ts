import { EmergenceError } from '@shared/model';
import yauzl from 'yauzl';
import { limits } from './limits';

/**
 * Sets the length of the comment at a zip's end to the number of bytes after its end record. Bytes added by a transfer, or a
 * comment cut short, are common and harmless, but the strict reader refuses both.
 */
export const mendZipEnd = (bytes: Uint8Array): Uint8Array => {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = buffer.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const rest = buffer.length - (end + 22);
  if (end < 0 || rest < 0 || rest > 0xffff || buffer.readUInt16LE(end + 20) === rest) return bytes;
  const mended = Buffer.from(buffer);
  mended.writeUInt16LE(rest, end + 20);
  return mended;
};

const openZip = (bytes: Uint8Array): Promise<yauzl.ZipFile> =>
  new Promise((resolve, reject) =>
    yauzl.fromBuffer(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      { lazyEntries: true, validateEntrySizes: true },
      (error, zip) => (error ? reject(error) : resolve(zip)),
    ),
  );

/** Unpacks an entry only to count its bytes: a declared size is a claim. Rejects when the claim is false. */
const realSize = (zip: yauzl.ZipFile, entry: yauzl.Entry, most: number): Promise<number> =>
  new Promise((resolve, reject) =>
    zip.openReadStream(entry, (error, stream) => {
      if (error) return reject(error);
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) stream.destroy(new EmergenceError('document.unsafe', { reason: 'unpacked_size' }));
      });
      stream.on('end', () => resolve(size));
      stream.on('error', reject);
    }),
  );

/**
 * Checks the directory of a zip container before anything is unpacked: number of parts, declared and real sizes, ratio. Returns the
 * part names; throws `document.unsafe` for a zip bomb, `document.too_large` for an honest giant.
 */
export const checkZip = async (bytes: Uint8Array): Promise<string[]> => {
  const zip = await openZip(bytes);
  if (zip.entryCount > limits.zipEntries) throw new EmergenceError('document.unsafe', { reason: 'entries', entries: zip.entryCount });
  const names: string[] = [];
  let total = 0;
  await new Promise<void>((resolve, reject) => {
    const next = async (entry: yauzl.Entry): Promise<void> => {
      names.push(entry.fileName);
      if (entry.isEncrypted()) throw new EmergenceError('document.encrypted');
      // Only text is unpacked by the parsers; pictures and other attachments stay packed.
      if (/\.(xml|rels|bin|x?html?|opf|ncx)$/i.test(entry.fileName)) {
        const { uncompressedSize: declared, compressedSize: packed } = entry;
        if (declared > limits.zipRatioFloor && declared / Math.max(1, packed) > limits.zipRatio)
          throw new EmergenceError('document.unsafe', { reason: 'ratio', ratio: Math.round(declared / Math.max(1, packed)) });
        if (total + declared > limits.zipBytes) throw new EmergenceError('document.too_large', { bytes: total + declared });
        total += await realSize(zip, entry, declared);
      }
      zip.readEntry();
    };
    zip.on('entry', (entry: yauzl.Entry) => void next(entry).catch(reject));
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
  return names;
};
