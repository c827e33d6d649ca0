import { EmergenceError } from '@shared/model';
import yauzl from 'yauzl';

/** The bytes of a zip container's parts, by the names that `wanted` accepts. At most `most` bytes in all are unpacked. */
export const readZipParts = (bytes: Uint8Array, wanted: (name: string) => boolean, most: number): Promise<Map<string, Buffer>> =>
  new Promise((resolve, reject) =>
    yauzl.fromBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { lazyEntries: true }, (error, zip) => {
      if (error) return reject(error);
      const parts = new Map<string, Buffer>();
      let total = 0;
      zip.on('error', reject);
      zip.on('end', () => resolve(parts));
      zip.on('entry', (entry: yauzl.Entry) => {
        if (!wanted(entry.fileName)) return zip.readEntry();
        zip.openReadStream(entry, (failure, stream) => {
          if (failure) return reject(failure);
          const pieces: Buffer[] = [];
          stream.on('data', (piece: Buffer) => {
            total += piece.length;
            if (total > most) stream.destroy(new EmergenceError('document.unsafe', { reason: 'unpacked_size' }));
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
