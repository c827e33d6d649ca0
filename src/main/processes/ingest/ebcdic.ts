/** Latin-1 bytes by the bytes of EBCDIC 500 (IBM's code page for Western Europe), in hexadecimal. */
const table = Buffer.from(
  '000102039c09867f978d8e0b0c0d0e0f101112139d8508871819928f1c1d1e1f80818283840a171b88898a8b8c050607909116939495960498999a9b14159e1a' +
    '20a0e2e4e0e1e3e5e7f15b2e3c282b2126e9eaebe8edeeefecdf5d242a293b5e2d2fc2c4c0c1c3c5c7d1a62c255f3e3ff8c9cacbc8cdcecfcc603a2340273d22' +
    'd8616263646566676869abbbf0fdfeb1b06a6b6c6d6e6f707172aabae6b8c6a4b57e737475767778797aa1bfd0dddeaea2a3a5b7a9a7b6bcbdbeac7cafa8b4d7' +
    '7b414243444546474849adf4f6f2f3f57d4a4b4c4d4e4f505152b9fbfcf9faff5cf7535455565758595ab2d4d6d2d3d530313233343536373839b3dbdcd9da9f',
  'hex',
);
/** The signs that code page 1047 (Unix on mainframes) has elsewhere: its bytes for [ ] ^ are rare letters in 500. */
const of1047: Readonly<Record<number, number>> = {
  173: 0x5b,
  189: 0x5d,
  95: 0x5e,
  90: 0x21,
  79: 0x7c,
  176: 0xac,
  74: 0xa2,
  186: 0xdd,
  187: 0xa8,
};

const isWord = (byte: number): boolean =>
  (byte >= 0x81 && byte <= 0x89) ||
  (byte >= 0x91 && byte <= 0x99) ||
  (byte >= 0xa2 && byte <= 0xa9) ||
  (byte >= 0xc1 && byte <= 0xc9) ||
  (byte >= 0xd1 && byte <= 0xd9) ||
  (byte >= 0xe2 && byte <= 0xe9) ||
  (byte >= 0xf0 && byte <= 0xf9);
const sampleBytes = 64 * 1024;

/** True for text in EBCDIC: its blanks are the byte that is @ elsewhere, and nearly all other bytes are its letters and digits. */
export const isEbcdic = (bytes: Uint8Array): boolean => {
  const length = Math.min(bytes.length, sampleBytes);
  let words = 0;
  let blanks = 0;
  let others = 0;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at] as number;
    if (byte === 0x40) blanks += 1;
    else if (isWord(byte)) words += 1;
    else if (byte === 0x20 || byte === 0x65 || byte === 0) others += 1;
  }
  return length >= 12 && blanks > length * 0.04 && blanks < length * 0.6 && words + blanks > length * 0.8 && others < length * 0.02;
};

/** Decodes EBCDIC: code page 500, or 1047 where the bytes of its brackets stand in the text. */
export const decodeEbcdic = (bytes: Uint8Array): string => {
  const is1047 = bytes.includes(0xad) && bytes.includes(0xbd);
  const latin = Uint8Array.from(bytes, (byte) => (is1047 ? of1047[byte] : undefined) ?? (table[byte] as number));
  // The end of a line is a control sign of its own.
  return Buffer.from(latin).toString('latin1').replaceAll('\u0085', '\n');
};
