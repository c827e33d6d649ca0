import iconv from 'iconv-lite';

/** The facts that a file states about itself; absent or null where it states none. */
export interface FileFacts {
  author?: string | null;
  /** A day, a month or a year: 2024-05-17, 2024-05, 2024. */
  dated?: string | null;
}

/** Titles that stand in templates until somebody writes one. */
const templateTitle =
  /\b(?:paper title|title of (?:the |your )?(?:paper|document|article)|(?:insert|enter|type) (?:the |your |a )?(?:\w+ )?title|use style|document title|titre du document|ins[ée]rer (?:le |un )?titre|saisissez le titre)\b/i;
/** Titles that programs give by themselves. */
const programTitle =
  /^(?:microsoft (?:\w+ )?-|untitled|sans (?:titre|nom)\b|(?:powerpoint|power point) presentation$|pr[ée]sentation powerpoint$|(?:slide|diapositive|folie|document|book|classeur|workbook|sheet|feuille|pr[ée]sentation|presentation|title|titre|new document|nouveau document)\s?\d*$)|\.(?:docx?|pdf|tex|dvi|indd|qxd|rtf|pptx?|xlsx?|od[tps])$/i;

const oneLine = (text: string): string => text.slice(0, 1_000).replace(/\s+/g, ' ').trim();

/** The title that a file states, null for one that stands in a template or was given by a program. */
export const honestTitle = (title: unknown): string | null => {
  const text = typeof title === 'string' ? oneLine(title) : '';
  return /\p{L}/u.test(text) && !templateTitle.test(text) && !programTitle.test(text) ? text.slice(0, 300) : null;
};

/** Names that programs and installations give, in whole. */
const nobody =
  /^(?:(?:windows |microsoft office |office |ms |mac )?(?:user|utilisateur)(?: windows)?|(?:local )?admin(?:istrat(?:or|eur))?|root|owner|propri[ée]taire|guest|invit[ée]|unknown|inconnu|anonym(?:ous|e)|none|n\/?a|author|auteur|your name|votre nom|nobody|default|pc|hp|dell|acer|asus|lenovo|toshiba|sony|apple|client|poste\s?\d*|python-docx|python-pptx|openpyxl|apache poi|docx4j|un-named|microsoft|microsoft corporation|steve canny|hewlett-packard.*)$/i;

const longestAuthor = 200;

/** The authors that a file states, joined; null where it names none, or only an account or a program. */
export const authorOf = (...stated: unknown[]): string | null => {
  const names = stated
    .flatMap((one) => (typeof one === 'string' ? [oneLine(one)] : []))
    .filter((name) => /\p{L}/u.test(name) && !/^https?:/i.test(name) && !nobody.test(name));
  return [...new Set(names)].join(', ').slice(0, longestAuthor).trim() || null;
};

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
/** Dates that programs write where they know none. */
const noDates = new Set(['1601-01-01', '1899-12-30', '1899-12-31', '1900-01-01', '1904-01-01', '1970-01-01', '1980-01-01']);
const earliest = 1400;

const dayOf = (year: number, month: number | null, day: number | null): string | null => {
  if (year < earliest || year > new Date().getUTCFullYear() + 1) return null;
  const two = (value: number): string => String(value).padStart(2, '0');
  if (month === null || month < 1 || month > 12) return String(year);
  if (day === null || day < 1 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return `${year}-${two(month)}`;
  const whole = `${year}-${two(month)}-${two(day)}`;
  return noDates.has(whole) ? null : whole;
};

/**
 * The first of the dates that can be read, as it is written where its file was made, without its time: of PDF (`D:20240305…`), ISO 8601,
 * mails (`Tue, 5 Mar 2024 …`) and years. Null for none, and for those that programs write where they know none.
 */
export const datedOf = (...stated: unknown[]): string | null => {
  for (const one of stated) {
    const text = typeof one === 'string' ? one.slice(0, 100).trim() : '';
    const number = (digits: string | undefined): number | null => (digits === undefined ? null : Number(digits));
    const plain = /^(?:D:)?(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?!\d{1,3}$)(?=\D|$|\d{6})/.exec(text);
    const mail = /(?:^|\D)(\d{1,2})[ -]([a-z]{3})[a-z]*\.?[ -](\d{4})\b/i.exec(text);
    const found = plain
      ? dayOf(Number(plain[1]), number(plain[2]), number(plain[3]))
      : mail && months.includes((mail[2] ?? '').toLowerCase())
        ? dayOf(Number(mail[3]), months.indexOf((mail[2] ?? '').toLowerCase()) + 1, Number(mail[1]))
        : null;
    if (found) return found;
  }
  return null;
};

const rtfText = (text: string): string =>
  text
    .replace(/\\u(-?\d+) ?\??/g, (_, code: string) => String.fromCharCode((Number(code) + 65_536) % 65_536))
    .replace(/(?:\\'[0-9a-f]{2})+/gi, (codes) => iconv.decode(Buffer.from(codes.replace(/\\'/g, ''), 'hex'), 'windows-1252'))
    .replace(/\\[a-z]+-?\d* ?|[{}]/gi, '');

/** The facts in the group of information of an RTF text, which begins the file. */
export const factsOfRtf = (bytes: Uint8Array): FileFacts & { title: string | null } => {
  const head = Buffer.from(bytes.subarray(0, 100_000)).toString('latin1');
  const stated = (name: string): string | undefined => new RegExp(`\\{\\\\${name} ([^{}]{1,500})\\}`).exec(head)?.[1];
  const time = (name: string): string | undefined => {
    const [, year, month, day] = new RegExp(`\\{\\\\${name}\\\\yr(\\d{4})(?:\\\\mo(\\d{1,2}))?(?:\\\\dy(\\d{1,2}))?`).exec(head) ?? [];
    return [year, month, day].map((part) => part?.padStart(2, '0')).join('-') || undefined;
  };
  const text = (name: string): string => rtfText(stated(name) ?? '');
  return { title: honestTitle(text('title')), author: authorOf(text('author')), dated: datedOf(time('revtim'), time('creatim')) };
};
