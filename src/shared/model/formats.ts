import type { PlaceKind } from './place';

/** The views of a document: its pages as printed, Markdown set for reading, plain text, or text whose columns and indents matter. */
export type DocumentView = 'pages' | 'markdown' | 'text' | 'code';

export interface Format {
  /** The name of the format, the same in every language. */
  name: string;
  /** The names of its files by their ending, where one format has several kinds of them. */
  names?: Readonly<Record<string, string>>;
  /** The endings of its files, each with its media type. A file without a known ending is read as text. */
  types: Readonly<Record<string, string>>;
  /** True where the content is no text: a file whose bytes do not confirm such an ending is damaged. */
  binary: boolean;
  view: DocumentView;
  /** The kind of place by which a passage is found in it. */
  place: PlaceKind;
  /**
   * Given where lines mean something, so that a passage ends at the end of one. With `definitions` each scope of some lines is a passage
   * of its own; with `lines` small ones share a passage.
   */
  cuts?: 'lines' | 'definitions';
  /** True for code, whose names (`getUserName`, `get_user_name`) are also found by their parts. */
  hasNames?: boolean;
}

const plain = (endings: string): Record<string, string> => Object.fromEntries(endings.split(' ').map((ending) => [ending, 'text/plain']));

/** Raised when a kind of file is read that was refused before: files refused under a lower number are then read again, once. */
export const formatsVersion = 3;

/** Every format that can be read. */
export const formats = {
  pdf: { name: 'PDF', types: { pdf: 'application/pdf' }, binary: true, view: 'pages', place: 'page' },
  image: {
    name: 'IMAGE',
    types: {
      png: 'image/png',
      jpg: 'image/jpeg',
      jpeg: 'image/jpeg',
      webp: 'image/webp',
      bmp: 'image/bmp',
      gif: 'image/gif',
    },
    binary: true,
    view: 'pages',
    place: 'page',
  },
  docx: {
    name: 'DOCX',
    types: {
      docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
      docm: 'application/vnd.ms-word.document.macroEnabled.12',
    },
    binary: true,
    view: 'text',
    place: 'lines',
  },
  markdown: {
    name: 'MD',
    types: { md: 'text/markdown', markdown: 'text/markdown', mdown: 'text/markdown', mkd: 'text/markdown', mdx: 'text/markdown' },
    binary: false,
    view: 'markdown',
    place: 'lines',
  },
  xlsx: {
    name: 'XLSX',
    types: {
      xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      xlsm: 'application/vnd.ms-excel.sheet.macroEnabled.12',
      xltx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.template',
      xlsb: 'application/vnd.ms-excel.sheet.binary.macroEnabled.12',
    },
    binary: true,
    view: 'text',
    place: 'sheet',
  },
  xls: {
    name: 'XLS',
    types: { xls: 'application/vnd.ms-excel', xlt: 'application/vnd.ms-excel' },
    binary: true,
    view: 'text',
    place: 'sheet',
  },
  ods: {
    name: 'ODS',
    types: {
      ods: 'application/vnd.oasis.opendocument.spreadsheet',
      ots: 'application/vnd.oasis.opendocument.spreadsheet-template',
    },
    binary: true,
    view: 'text',
    place: 'sheet',
  },
  csv: {
    name: 'CSV',
    types: { csv: 'text/csv', tsv: 'text/tab-separated-values', tab: 'text/tab-separated-values' },
    binary: false,
    view: 'text',
    place: 'sheet',
  },
  pptx: {
    name: 'PPTX',
    types: {
      pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
      pptm: 'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
      ppsx: 'application/vnd.openxmlformats-officedocument.presentationml.slideshow',
      potx: 'application/vnd.openxmlformats-officedocument.presentationml.template',
    },
    binary: true,
    view: 'text',
    place: 'slide',
  },
  odp: {
    name: 'ODP',
    types: {
      odp: 'application/vnd.oasis.opendocument.presentation',
      otp: 'application/vnd.oasis.opendocument.presentation-template',
    },
    binary: true,
    view: 'text',
    place: 'slide',
  },
  odt: {
    name: 'ODT',
    types: { odt: 'application/vnd.oasis.opendocument.text', ott: 'application/vnd.oasis.opendocument.text-template' },
    binary: true,
    view: 'text',
    place: 'lines',
  },
  rtf: { name: 'RTF', types: { rtf: 'application/rtf' }, binary: false, view: 'text', place: 'lines' },
  epub: { name: 'EPUB', types: { epub: 'application/epub+zip' }, binary: true, view: 'text', place: 'chapter' },
  eml: { name: 'EML', types: { eml: 'message/rfc822' }, binary: false, view: 'text', place: 'part' },
  mbox: { name: 'MBOX', types: { mbox: 'application/mbox' }, binary: false, view: 'text', place: 'part' },
  msg: { name: 'MSG', types: { msg: 'application/vnd.ms-outlook' }, binary: true, view: 'text', place: 'part' },
  zip: { name: 'ZIP', types: { zip: 'application/zip' }, binary: true, view: 'text', place: 'lines' },
  text: {
    name: 'TXT',
    types: {
      ...plain('txt text log toml ini'),
    },
    binary: false,
    view: 'text',
    place: 'lines',
  },
  json: {
    name: 'JSON',
    types: {
      json: 'application/json',
      jsonl: 'application/x-ndjson',
      ndjson: 'application/x-ndjson',
      json5: 'application/json',
      jsonc: 'application/json',
      geojson: 'application/geo+json',
    },
    binary: false,
    view: 'code',
    place: 'lines',
    cuts: 'lines',
  },
  yaml: { name: 'YAML', types: plain('yml yaml'), binary: false, view: 'code', place: 'lines', cuts: 'lines' },
  xml: {
    name: 'XML',
    types: {
      ...Object.fromEntries(
        'xml fb2 tei dbk docbook dita xsd wsdl plist resx xlf xliff tmx ttml'.split(' ').map((ending) => [ending, 'application/xml']),
      ),
      rss: 'application/rss+xml',
      atom: 'application/atom+xml',
      opml: 'text/x-opml',
      kml: 'application/vnd.google-earth.kml+xml',
      gpx: 'application/gpx+xml',
    },
    binary: false,
    view: 'text',
    place: 'lines',
  },
  subtitles: {
    name: 'SRT',
    types: { srt: 'application/x-subrip', vtt: 'text/vtt' },
    binary: false,
    view: 'text',
    place: 'time',
    cuts: 'lines',
  },
  notebook: {
    name: 'IPYNB',
    types: { ipynb: 'application/x-ipynb+json' },
    binary: false,
    view: 'markdown',
    place: 'cell',
    hasNames: true,
  },
  latex: {
    name: 'TEX',
    types: { tex: 'application/x-tex', latex: 'application/x-tex', ltx: 'application/x-tex' },
    binary: false,
    view: 'text',
    place: 'lines',
  },
  outline: {
    name: 'ORG, RST, ADOC',
    names: { org: 'ORG', rst: 'RST', rest: 'RST', adoc: 'ADOC', asciidoc: 'ADOC' },
    types: plain('org rst rest adoc asciidoc'),
    binary: false,
    view: 'text',
    place: 'lines',
  },
  code: {
    name: 'CODE',
    types: {
      ...plain('c h cc cpp cxx hh hpp hxx ino cu cs css scss less dart ex exs erl hrl go java groovy gradle js mjs cjs jsx kt kts lua'),
      ...plain('php pl pm ps1 psm1 py pyi pyw r jl rb rake rs scala sc sh bash zsh ksh bat cmd swift ts mts cts tsx zig sql hs elm ml mli'),
      ...plain(
        'clj fs fsx vb vbs pas f90 f95 asm s v sv vhd vhdl nim cr d m mm vue svelte graphql proto tf cmake mk awk tcl lisp el sol bib sty cls',
      ),
    },
    binary: false,
    view: 'code',
    place: 'lines',
    cuts: 'definitions',
    hasNames: true,
  },
  html: {
    name: 'HTML',
    types: { html: 'text/html', htm: 'text/html', xhtml: 'application/xhtml+xml' },
    binary: false,
    view: 'text',
    place: 'lines',
  },
} as const satisfies Record<string, Format>;

export type DocumentFormat = keyof typeof formats;
export const documentFormats = Object.keys(formats) as [DocumentFormat, ...DocumentFormat[]];

/** The ending of a file name in lower case, without its dot; empty where there is none. */
export const endingOf = (fileName: string): string => /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';

const byEnding = new Map(
  Object.entries<Format>(formats).flatMap(([format, { types }]) =>
    Object.entries(types).map(([ending, type]) => [ending, { format: format as DocumentFormat, type }] as const),
  ),
);

/** The name of the kind of a file that was read as this format, the same in every language. */
export const typeNameOf = (format: DocumentFormat, fileName: string): string => {
  const { name, names }: Format = formats[format];
  return names?.[endingOf(fileName)] ?? name;
};

/** True for the name of a file that can be read. */
export const isReadableName = (fileName: string): boolean => byEnding.has(endingOf(fileName));

/** True for the name of a picture whose text can be recognised. */
export const isPictureName = (fileName: string): boolean => byEnding.get(endingOf(fileName))?.format === 'image';

/** True for the name of a file that becomes a document in a watched folder. Pictures do not, as most of them are photographs. */
export const isNamedDocument = (fileName: string): boolean => isReadableName(fileName) && !isPictureName(fileName);

/** The format that a file's name announces, and its media type; null for an ending of no format. */
export const formatOfName = (fileName: string): { format: DocumentFormat; type: string } | null => byEnding.get(endingOf(fileName)) ?? null;
