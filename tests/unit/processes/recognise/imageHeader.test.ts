import { readImageHeader } from '@main/processes/recognise/imageHeader';
import { describe, expect, it } from 'vitest';
import { scan } from '../../../support/scannedPages';

const size = { width: 321, height: 123 };

describe('the header of an image', () => {
  it.each(['jpeg', 'png', 'webp'] as const)('says the kind and the size of a %s', (kind) => {
    expect(readImageHeader(scan(['x'], kind, size))).toEqual({ kind, ...size });
  });

  it('says the size of a GIF and of a BMP whose rows are stored downwards', () => {
    const gif = Buffer.alloc(40);
    gif.write('GIF89a', 'latin1');
    gif.writeUInt16LE(size.width, 6);
    gif.writeUInt16LE(size.height, 8);
    expect(readImageHeader(gif)).toEqual({ kind: 'gif', ...size });
    const bmp = Buffer.alloc(60);
    bmp.write('BM', 'latin1');
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(size.width, 18);
    bmp.writeInt32LE(-size.height, 22);
    expect(readImageHeader(bmp)).toEqual({ kind: 'bmp', ...size });
  });

  it.each([
    ['a text', Buffer.from('BM is how this text begins, which is long enough for a header.')],
    ['a file that is cut', scan(['x'], 'jpeg').subarray(0, 40)],
    ['an empty file', Buffer.alloc(0)],
    ['a picture without an extent', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(40)])],
  ])('is null for %s', (_, bytes) => {
    expect(readImageHeader(bytes)).toBeNull();
  });
});
