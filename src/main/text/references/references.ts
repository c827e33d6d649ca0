import { codeForm, partNumber, withParents } from './normalForm';
import { announced, numberSign, type ReferenceKind } from './referenceKinds';

/** A reference that a passage holds, in its normal form: "article:515-14", "code:E4012". */
export interface HeldReference {
  key: string;
  /** True where the passage is the thing itself (its heading, or its number at the beginning of a line), not a mention of it. */
  defines: boolean;
}

/** A reference that a question asks for: the keys under which a passage may hold it, the best first, and its words. */
export interface AskedReference {
  keys: readonly string[];
  text: string;
}

/** Of the rules below: passages that were read by earlier ones are read again in the background. */
export const referencesVersion = 1;

const partKinds = ['article', 'section', 'chapter', 'annex', 'figure', 'table'] as const;
const before = '(?<![\\p{L}\\p{N}_])';
const after = '(?![\\p{L}\\p{N}])';
const plainNumber =
  '(?:[LRDA]\\.?\\s?[*°]?\\s?)?\\d{1,5}(?:[-‐‑–.]\\d{1,4})*(?:er|re)?(?:\\s(?:bis|ter|quater|quinquies))?[a-z]?(?:-\\d{1,4})*(?:\\(\\w{1,4}\\))*';
const lettered = '[IVXLC]{1,7}|[A-Z](?:[-.]?\\d{1,3}(?:\\.\\d{1,3})*)?';
const list = '\\s*(?:,|et|and|&|ou|or|à|to)\\s*';

const numberOf: Record<(typeof partKinds)[number], string> = {
  article: `${plainNumber}|[IVXLC]{1,7}|premi(?:er|[èe]re)`,
  section: `${plainNumber}|[IVXLC]{2,7}`,
  chapter: `${plainNumber}|${lettered}`,
  annex: `${plainNumber}|${lettered}`,
  figure: `${plainNumber}|${lettered}`,
  table: `${plainNumber}|${lettered}`,
};

const parts = partKinds.map((kind) => ({
  kind,
  pattern: new RegExp(
    `${before}(?:${announced[kind]})(?!\\p{L})${numberSign}\\s*(?<numbers>(?:${numberOf[kind]})${after}(?:${list}(?:${plainNumber})${after}){0,8})`,
    'giu',
  ),
  one: new RegExp(`(?:${numberOf[kind]})${after}`, 'giu'),
}));
const account = new RegExp(`${before}(?:${announced.account})(?!\\p{L})${numberSign}\\s*(\\d[\\d.-]{0,14}\\d)${after}`, 'giu');
const error = new RegExp(
  `${before}(?:${announced.error})(?!\\p{L})${numberSign}\\s*(0x[0-9a-f]{2,}|\\p{L}{0,6}[-_ ]?\\d{2,8}(?:[-_.]\\d{1,6})*)${after}`,
  'giu',
);
const numbered = new RegExp(
  `${before}(?:(?:${announced.number})(?!\\p{L})|n[°º]|no\\.|#(?=\\d))${numberSign}\\s*([\\p{L}\\d]{1,12}(?:[-_/.][\\p{L}\\d]{1,12}){0,5})${after}`,
  'giu',
);
/** Capitals and digits in one word or joined by signs: E-4012, INV-2024-0042, HX200/B, 4711-AB. */
const code =
  /(?<![\p{L}\p{N}_./\\@#-])(?=[^\s]{0,24}\d{2})(?:\p{Lu}{1,8}[-_/.]?\d|\d{2,10}[-_/]\p{Lu})[\p{Lu}\d]*(?:[-_/.][\p{Lu}\d]{1,12}){0,5}(?![\p{L}\p{N}_])/gu;
/** The same in small letters, as people type it: "e-4012". Longer runs of letters are words: "covid-19", "450-pound". */
const codeInAnyCase = /(?<![\p{L}\p{N}_./\\@#-])\p{L}{1,4}[-_/]?\d{2,10}(?:[-_/.]\d{1,10}){0,4}\p{L}{0,2}(?![\p{L}\p{N}_-])/gu;
/** In a longer question a code of fewer digits is a name like any other: a gene, a vitamin, a road. */
const digitsThatLead = 3;
const wordsOfShortQuestion = 5;

/** The number of a heading: "3.2 Payment", "12. Meaning of person". */
const headingNumber = /^\s*#{0,6}\s*(\d{1,3}(?:\.\d{1,3}){0,5})\.?\)?\s+(?=\p{L}|["«“])/u;
/** The same at the beginning of a line of text, where a single number is a step or an item. */
const lineNumber = /^[ \t]*(?:#{1,6}[ \t]*)?(\d{1,3}(?:\.\d{1,3}){1,5})\.?[ \t]+(?=\p{Lu})/gmu;
/** An entry of a list by numbers, such as a chart of accounts: "601 | Purchases". */
const entryNumber = /^[ \t|]*(?:\*\*)?(\d{2,8})(?:\*\*)?[ \t]*[|.:;,\t –—-][ \t|]*(?=["«]?\p{L})/gmu;
/** A passage with more is a list of references, and each is found by its words. */
const mostReferences = 48;

interface Found {
  keys: string[];
  start: number;
  end: number;
}

const hasLetter = /\p{L}/u;
const digitsOf = (text: string): number => text.replace(/\D/g, '').length;

/** Dates and amounts look like numbers of orders. */
const isDate = (text: string): boolean => /^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}$|^\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?$/.test(text);

const keysOfNumber = (kind: ReferenceKind, written: string): string[] => {
  if (hasLetter.test(written) && /\d/.test(written)) return digitsOf(written) >= 2 ? [`code:${codeForm(written)}`] : [];
  if (hasLetter.test(written) || digitsOf(written) < 3 || isDate(written)) return [];
  return [`number:${codeForm(written)}`, ...(kind === 'error' ? [`code:${codeForm(written)}`] : [])];
};

const partsIn = (text: string): Found[] =>
  parts.flatMap(({ kind, pattern, one }) =>
    Array.from(text.matchAll(pattern)).flatMap((match) => {
      const numbers = match.groups?.numbers ?? '';
      const from = match.index + match[0].length - numbers.length;
      return Array.from(numbers.matchAll(one)).flatMap((number, index) => {
        // "article I wrote", "table A": one letter is a word unless it stands alone after a kind that is lettered.
        if (/^[a-z]/.test(number[0]) && !/^(?:[lrda]\.?\s?\*?\s?\d|premi)/.test(number[0])) return [];
        const forms = withParents(partNumber(number[0]));
        const start = index === 0 ? match.index : from + number.index;
        return [{ keys: forms.map((form) => `${kind}:${form}`), start, end: from + number.index + number[0].length }];
      });
    }),
  );

const codesIn = (text: string, patterns: readonly RegExp[], leastDigits = 2): Found[] =>
  patterns
    .flatMap((pattern) => Array.from(text.matchAll(pattern)))
    .flatMap(({ 0: written, index }) => {
      const form = codeForm(written);
      return hasLetter.test(form) && digitsOf(form) >= leastDigits
        ? [{ keys: [`code:${form}`], start: index, end: index + written.length }]
        : [];
    });

/** `codes`: those that no word announces. */
const allIn = (text: string, codes: () => Found[]): Found[] => {
  if (!/\d|\p{Lu}|premi/u.test(text)) return [];
  const found = partsIn(text);
  if (!/\d{2}/.test(text)) return found;
  const at = ({ 0: whole, index }: RegExpExecArray, keys: string[]): Found[] =>
    keys.length > 0 ? [{ keys, start: index, end: index + whole.length }] : [];
  for (const match of text.matchAll(account)) found.push(...at(match, [`account:${(match[1] ?? '').replace(/\D/g, '')}`]));
  for (const match of text.matchAll(error)) {
    const written = match[1] ?? '';
    found.push(...at(match, hasLetter.test(written) ? [`code:${codeForm(written)}`] : [`error:${codeForm(written)}`]));
  }
  for (const match of text.matchAll(numbered)) found.push(...at(match, keysOfNumber('number', match[1] ?? '')));
  return [...found, ...codes()];
};

/** True where nothing but marks stands between the beginning of its line and a place. */
const beginsLine = (text: string, start: number): boolean => {
  const line = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return line.length <= 12 && !/[\p{L}\p{N}]/u.test(line);
};

/** A title or a heading is about the references in it. */
export const referencesOfTitle = (title: string): string[] => [
  ...new Set([
    ...allIn(title, () => codesIn(title, [code])).flatMap(({ keys }) => keys.slice(0, 1)),
    ...Array.from(headingNumber.exec(title)?.slice(1, 2) ?? [], (number) => `section:${number}`),
  ]),
];

/** The references of a passage, each once; `headings` are those above it. Pure. */
export const referencesOfPassage = (text: string, headings: readonly string[]): HeldReference[] => {
  const held = new Map<string, boolean>();
  const add = (key: string, defines: boolean): void => {
    if (held.size < mostReferences || held.has(key)) held.set(key, defines || (held.get(key) ?? false));
  };
  for (const heading of headings) for (const key of referencesOfTitle(heading)) add(key, true);
  for (const { keys, start } of allIn(text, () => codesIn(text, [code]))) {
    const [own, ...parents] = keys;
    if (own) add(own, beginsLine(text, start));
    for (const parent of parents) add(parent, false);
  }
  for (const { 1: number } of text.matchAll(lineNumber)) add(`section:${number}`, true);
  for (const { 1: number } of text.matchAll(entryNumber)) add(`entry:${number}`, true);
  return Array.from(held, ([key, defines]) => ({ key, defines }));
};

/** Other keys under which a passage may hold the same thing. */
const others = (key: string): string[] => {
  const [kind, number = ''] = key.split(':');
  if (kind === 'account') return [`entry:${number}`];
  if (kind === 'article' && number.includes('.')) return [`section:${number}`];
  if (kind === 'error') return [`code:${number}`, `number:${number}`, `entry:${number}`];
  if (kind === 'number') return [`code:${number}`];
  // "L123-4" alone is an article of a code, and "E4012" an error.
  if (kind === 'code' && /^[LRDA]\d/.test(number)) return [`article:${number}`];
  return [];
};

/** The references that a question asks for, in its order, each once. Pure. */
export const referencesAsked = (question: string): AskedReference[] => {
  const isShort = (question.match(/[\p{L}\p{N}]+/gu) ?? []).length <= wordsOfShortQuestion;
  const codes = (): Found[] => codesIn(question, [code, codeInAnyCase], isShort ? 2 : digitsThatLead);
  const found = allIn(question, codes).toSorted((a, b) => a.start - b.start || b.end - a.end);
  const asked: (AskedReference & { end: number })[] = [];
  for (const { keys, start, end } of found) {
    // A code within a longer reference, which names it by its kind, is the same one.
    const last = asked.at(-1);
    if (last && start < last.end) {
      if (!keys.some((key) => last.keys.includes(key))) asked[asked.length - 1] = { ...last, keys: [...last.keys, ...keys] };
      continue;
    }
    asked.push({ keys: keys.flatMap((key) => [key, ...others(key)]), text: question.slice(start, end).trim(), end });
  }
  return asked
    .filter(({ keys: [key] }, index) => asked.findIndex(({ keys: [other] }) => other === key) === index)
    .map(({ keys, text }) => ({ keys, text }));
};
