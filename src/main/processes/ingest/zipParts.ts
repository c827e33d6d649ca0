import { EmergenceError } from '@shared/model';
import yauzl from 'yauzl';
import { limits } from './limits';

/**
 * The bytes of a zip container's parts that `wanted` accepts, by their names; it is told the size that a part declares. More than `most` bytes in all, or more than `ratio` times
 * the packed ones above `limits.zipRatioFloor`, are `document.unsafe`: what is declared is a claim, so real bytes are counted.
 */
export const readZipParts = (
  bytes: Uint8Array,
  wanted: (name: string, declaredBytes: number) => boolean,
  most: number,
  ratio: number = limits.zipRatio,
): Promise<Map<string, Buffer>> =>
  new Promise((resolve, reject) =>
    yauzl.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, Buffer>();
      let total = 0;
      zip.on('error', reject);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (entry.isEncrypted()) return reject(new EmergenceError('document.encrypted'));
        if (!wanted(entry.fileName, entry.uncompressedSize)) return zip.readEntry();
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          const pieces: Buffer[] = [];
          let size = 0;
          stream.on('data', (piece: Buffer) => {
            total += piece.length;
            size += piece.length;
            if (total > most) stream.destroy(new EmergenceError('document.unsafe', { reason: 'unpacked_size' }));
            else if (size > limits.zipRatioFloor && size > ratio * Math.max(1, entry.compressedSize))
              stream.destroy(new EmergenceError('document.unsafe', { reason: 'ratio' }));
            else pieces.push(piece);
          });
          stream.on('error', reject);
          stream.on('end', () => {
            parts.set(entry.fileName, Buffer.concat(pieces));
            zip.readEntry();
          });
        });
      });
      zip.readEntry();
    }),
  );
