import { EmergenceError } from '@shared/model';

/**
 * Reads a response as text, counting its bytes as they are after decompression. A longer body ends in `provider.protocol` and
 * the connection is closed; with `cut` its beginning is enough.
 */
export const readBounded = async (response: Response, mostBytes: number, { cut = false } = {}): Promise<string> => {
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let text = '';
  let bytes = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes <= mostBytes) continue;
    await reader.cancel();
    if (cut) break;
    throw new EmergenceError('provider.protocol', { reason: 'too_large', limitBytes: mostBytes });
  }
  return text + decoder.decode();
};
