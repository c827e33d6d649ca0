/** The number of pixels is limited: a larger picture would not fit in memory twice. */
const mostPixels = 16_000_000;
/** The longer side of the page, in points: that of A4. */
const longSide = 842;

const latin = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A PDF of one page that is filled by a JPEG. */
export const pdfOfJpeg = (jpeg: Uint8Array, width: number, height: number): Uint8Array => {
  const scale = longSide / Math.max(width, height);
  const page = [(width * scale).toFixed(2), (height * scale).toFixed(2)] as const;
  const draw = `q ${page[0]} 0 0 ${page[1]} 0 0 cm /P Do Q`;
  const objects: [string, Uint8Array?, string?][] = [
    ['<< /Type /Catalog /Pages 2 0 R >>'],
    ['<< /Type /Pages /Count 1 /Kids [3 0 R] >>'],
    [`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${page.join(' ')}] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> >>`],
    [`<< /Length ${draw.length} >>\nstream\n${draw}\nendstream`],
    [
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode /Length ${jpeg.length} >>\nstream\n`,
      jpeg,
      '\nendstream',
    ],
  ];
  const parts: Uint8Array[] = [];
  let length = 0;
  const add = (part: Uint8Array): void => {
    parts.push(part);
    length += part.length;
  };
  add(latin('%PDF-1.7\n'));
  const offsets = objects.map(([head, bytes, tail], index) => {
    const offset = length;
    add(latin(`${index + 1} 0 obj\n${head}`));
    if (bytes) add(bytes);
    add(latin(`${tail ?? ''}\nendobj\n`));
    return offset;
  });
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  add(latin(`xref\n0 ${size}\n0000000000 65535 f \n${entries}trailer << /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`));
  const pdf = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    pdf.set(part, at);
    at += part.length;
  }
  return pdf;
};

/** A picture as a PDF of one page, upright, so that the viewer shows it like any page. */
export const pdfOfImage = async (image: Blob): Promise<Uint8Array> => {
  const bitmap = await createImageBitmap(image, { imageOrientation: 'from-image' });
  try {
    const scale = Math.min(1, Math.sqrt(mostPixels / (bitmap.width * bitmap.height)));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const context = canvas.getContext('2d');
    if (!context) throw new Error('A picture cannot be drawn here.');
    context.fillStyle = 'white';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    const jpeg = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92));
    if (!jpeg) throw new Error('A picture cannot be drawn here.');
    return pdfOfJpeg(new Uint8Array(await jpeg.arrayBuffer()), canvas.width, canvas.height);
  } finally {
    bitmap.close();
  }
};
