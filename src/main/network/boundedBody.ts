import { EmergenceError } from '@shared/model';

const firstBlock = 65_536;

/**
 * Reads a response as text, counting its bytes after decompression. A longer body ends in `provider.protocol` and the connection is
 * closed; with `cut` its beginning is returned.
 */
export const readBounded = async (response: Response, mostBytes: number, { cut = false } = {}): Promise<string> => {
  const reader = response.body?.getReader();
  // One block that grows, so that a body in pieces of one byte keeps no object for each.
  let block = new Uint8Array(firstBlock);
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    const room = Math.max(mostBytes - length, 0);
    const fits = value.subarray(0, room);
    if (length + fits.length > block.length) {
      const larger = new Uint8Array(Math.max(2 * block.length, length + fits.length));
      larger.set(block.subarray(0, length));
      block = larger;
    }
    block.set(fits, length);
    length += fits.length;
    if (value.length <= room) continue;
    await reader.cancel();
    if (cut) break;
    throw new EmergenceError('provider.protocol', { reason: 'too_large', limitBytes: mostBytes });
  }
  return new TextDecoder().decode(block.subarray(0, length));
};
