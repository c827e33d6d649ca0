/** Kinds of images whose text is recognised. */
export type ImageKind = 'png' | 'jpeg' | 'gif' | 'bmp' | 'webp';

export interface ImageHeader {
  kind: ImageKind;
  /** In pixels, as the file declares them. */
  width: number;
  height: number;
}

const bmpHeaders: ReadonlySet<number> = new Set([40, 52, 56, 64, 108, 124]);

const latin = (bytes: Uint8Array, start: number, end: number): string => Buffer.from(bytes.subarray(start, end)).toString('latin1');

/** The frame header of a JPEG stands behind segments of any length. */
const jpegSize = (view: DataView): [number, number] | null => {
  for (let at = 2; at + 9 < view.byteLength; ) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
};

const webpSize = (view: DataView, form: string): [number, number] | null => {
  if (form === 'VP8X') return [1 + (view.getUint32(24, true) & 0xffffff), 1 + (view.getUint32(27, true) & 0xffffff)];
  if (form === 'VP8 ') return [view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff];
  if (form !== 'VP8L') return null;
  const bits = view.getUint32(21, true);
  return [1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)];
};

/** The kind and size that an image declares, read without decoding it; null for any other file and a damaged header. */
export const readImageHeader = (bytes: Uint8Array): ImageHeader | null => {
  if (bytes.length < 32) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const head = latin(bytes, 0, 16);
  const found = ((): [ImageKind, [number, number] | null] | null => {
    if (head.startsWith('\x89PNG\r\n\x1a\n')) return ['png', [view.getUint32(16), view.getUint32(20)]];
    if (head.startsWith('\xff\xd8\xff')) return ['jpeg', jpegSize(view)];
    if (head.startsWith('GIF8')) return ['gif', [view.getUint16(6, true), view.getUint16(8, true)]];
    if (head.startsWith('RIFF') && head.startsWith('WEBP', 8)) return ['webp', webpSize(view, latin(bytes, 12, 16))];
    // Texts begin with these two letters, too: the reserved bytes are empty, and the next header has one of few lengths.
    if (head.startsWith('BM') && view.getUint32(6, true) === 0 && bmpHeaders.has(view.getUint32(14, true)))
      return ['bmp', [Math.abs(view.getInt32(18, true)), Math.abs(view.getInt32(22, true))]];
    return null;
  })();
  if (!found?.[1]) return null;
  const [kind, [width, height]] = found;
  return width > 0 && height > 0 ? { kind, width, height } : null;
};
