/** The encodings in which the person can have a text read, each with where it is used; in the order in which they are offered. */
export const textEncodings = {
  'utf-8': 'unicode',
  'windows-1252': 'western',
  macintosh: 'western',
  cp850: 'western',
  'iso-8859-15': 'western',
  'windows-1250': 'central',
  'iso-8859-2': 'central',
  cp852: 'central',
  'windows-1254': 'turkish',
  'windows-1257': 'baltic',
  'windows-1251': 'cyrillic',
  'koi8-r': 'cyrillic',
  cp866: 'cyrillic',
  'iso-8859-5': 'cyrillic',
  maccyrillic: 'cyrillic',
  'windows-1253': 'greek',
  'windows-1255': 'hebrew',
  'windows-1256': 'arabic',
  cp874: 'thai',
  'windows-1258': 'vietnamese',
  shift_jis: 'japanese',
  'euc-jp': 'japanese',
  gb18030: 'chinese',
  big5: 'chinese',
  'euc-kr': 'korean',
  'utf-16le': 'unicode',
  'utf-16be': 'unicode',
  ebcdic: 'mainframe',
} as const satisfies Record<string, string>;

export type TextEncoding = keyof typeof textEncodings;
export const textEncodingNames = Object.keys(textEncodings) as [TextEncoding, ...TextEncoding[]];
