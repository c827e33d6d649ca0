import { createHash } from 'node:crypto';

/** A source as it is shown and stored: forward slashes, composed letters, no drive, no way up and out. */
export const cleanSource = (source: string): string =>
  source
    .normalize('NFC')
    .toWellFormed()
    .replaceAll('\\', '/')
    .replace(/^[A-Za-z]:/, '')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
    .replace(/[\u0000-\u001f\u007f]/g, '')
    .split('/')
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .join('/') || 'document';

/** What makes two drops "the same file" where only a name is known. */
export const keyOfSource = (source: string): string => `name:${cleanSource(source).toLowerCase()}`;
/** Where the file's place on the disk is known, that is its identity; it is stored as a hash only. */
export const keyOfPath = (path: string): string => `path:${createHash('sha256').update(path.normalize('NFC')).digest('hex')}`;

/** The file name a source stands for; pasted text is read as Markdown, which loses nothing of plain text. */
export const fileNameOfSource = (source: string): string =>
  source.startsWith('paste:') ? 'paste.md' : (source.split('/').at(-1) ?? source);

/** The name a document has until its own title is known: the file's name without its ending. */
export const titleOfSource = (source: string): string => {
  const name =
    source
      .replace(/^paste:/, '')
      .split('/')
      .at(-1) ?? source;
  return name.replace(/(?<=.)\.[A-Za-z0-9]{1,8}$/, '') || name;
};

const mimes: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  docm: 'application/vnd.ms-word.document.macroEnabled.12',
  md: 'text/markdown',
  markdown: 'text/markdown',
  html: 'text/html',
  htm: 'text/html',
  xhtml: 'application/xhtml+xml',
  csv: 'text/csv',
  json: 'application/json',
  xml: 'application/xml',
};
/** By the name's ending; originals are only ever handed out as downloads or to a viewer that knows better. */
export const mimeOfSource = (source: string): string => {
  const ending = /\.([^./]+)$/.exec(source)?.[1]?.toLowerCase() ?? '';
  return (
    mimes[ending] ??
    (/^(txt|text|log|c|h|cpp|js|ts|tsx|jsx|py|rb|go|rs|java|sh|css|ya?ml|toml|ini|sql|tex)$/.test(ending)
      ? 'text/plain'
      : 'application/octet-stream')
  );
};
