import { decodeText } from '@main/processes/ingest/decodeText';
import { EmergenceError } from '@shared/model';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';

const texts: Readonly<Record<string, string>> = {
  pl: 'Umowa najmu młyna została podpisana w poniedziałek, a czynsz płatny jest co miesiąc. Właściciel naprawia koło, gdy się zepsuje. Źródło leży za łąką, gdzie rosną żółte kwiaty. Młyn ma trzy koła.',
  cs: 'Smlouva o nájmu mlýna byla podepsána v pondělí a nájem se platí každý měsíc. Majitel opravuje kolo, když se rozbije. Pramen leží za loukou, kde rostou žluté květiny. Mlýn má tři kola.',
  hu: 'A malom bérleti szerződését hétfőn írták alá, és a bérleti díjat minden hónapban fizetik. A tulajdonos megjavítja a kereket, ha elromlik. A forrás a rét mögött van, ahol sárga virágok nőnek. A malomnak három kereke van, és mind jól működik.',
  he: 'חוזה השכירות של הטחנה נחתם ביום שני, ודמי השכירות משולמים מדי חודש. בעל הטחנה מתקן את הגלגל כשהוא מתקלקל. המעיין נמצא מאחורי האחו.',
  th: 'สัญญาเช่าโรงสีลงนามในวันจันทร์ และค่าเช่าจ่ายทุกเดือน เจ้าของโรงสีซ่อมแซมล้อเมื่อมันพัง น้ำพุอยู่หลังทุ่งหญ้า',
  ru: 'Договор аренды мельницы был подписан в понедельник, а арендная плата вносится каждый месяц. Владелец чинит колесо, когда оно ломается. Источник лежит за лугом.',
  el: 'Το μισθωτήριο του μύλου υπογράφηκε τη Δευτέρα και το ενοίκιο πληρώνεται κάθε μήνα. Ο ιδιοκτήτης επισκευάζει τον τροχό όταν χαλάει.',
  fr: 'Le bail du moulin a été signé lundi, et le loyer est payé chaque mois. Le propriétaire répare la roue à ses frais. La source est derrière le pré, où poussent des fleurs.',
  de: 'Der Pachtvertrag der Mühle wurde am Montag unterschrieben, und die Pacht ist für jeden Monat fällig. Der Eigentümer repariert das große Rad.',
  tr: 'Değirmenin kira sözleşmesi pazartesi günü imzalandı ve kira her ay ödeniyor. Çark bozulursa onu mal sahibi onarır. Kaynak, sarı çiçeklerin büyüdüğü çayırın arkasındadır.',
};
const written: readonly (readonly [string, readonly string[]])[] = [
  ['pl', ['windows-1250', 'iso-8859-2', 'cp852']],
  ['cs', ['windows-1250', 'iso-8859-2', 'cp852']],
  ['hu', ['windows-1250', 'iso-8859-2', 'cp852']],
  ['he', ['windows-1255', 'iso-8859-8', 'utf-16le', 'utf-16be']],
  ['th', ['cp874', 'utf-16le']],
  ['ru', ['cp866', 'koi8-r', 'windows-1251', 'iso-8859-5', 'maccyrillic', 'utf-16le', 'utf-16be']],
  ['el', ['windows-1253', 'iso-8859-7', 'utf-16le']],
  ['fr', ['windows-1252', 'iso-8859-15', 'cp850', 'macintosh', 'utf-16le']],
  ['de', ['windows-1252', 'cp850', 'macintosh']],
  ['tr', ['windows-1254']],
];
const cases = written.flatMap(([language, encodings]) =>
  encodings.map((encoding) => ({ language, encoding, text: texts[language] ?? '' })),
);
const encode = (text: string, encoding: string): Uint8Array => new Uint8Array(iconv.encode(text, encoding, { addBOM: false }));

/** The text that is read, or null where the person is told that it can be read in several ways. */
const read = (bytes: Uint8Array): string | null => {
  try {
    return decodeText(bytes).text;
  } catch (error) {
    if (error instanceof EmergenceError && error.details.kind === 'encoding') return null;
    throw error;
  }
};

test.each(cases)('reads $language in $encoding', ({ text, encoding }) => {
  expect(read(encode(text, encoding))).toBe(text);
  expect(read(encode(`${text}\r\n\r\n`.repeat(40), encoding))).toBe(`${text}\r\n\r\n`.repeat(40));
});

test.each(cases)('reads pieces of $language in $encoding rightly, or asks', ({ text, encoding }) => {
  const pieces = text.split(/(?<=[.,])\s|\s(?=\S{3,}\s\S+$)/).filter((piece) => piece.length > 2);
  const wrong = pieces.filter((piece) => ![piece, null].includes(read(encode(piece, encoding))));
  expect(wrong).toEqual([]);
});

test.each([
  'Don’t pay the miller’s rent – it’s “too high”.',
  'Le café est fermé.',
  'Voilà où il va à pied, déjà fatigué.',
  '“Quoted”',
  'El niño está aquí, ¿verdad?',
  'Não é possível pagar a renda amanhã.',
  'Der Müller heißt Jürgen.',
  'Così è, perché no?',
  'Mølleren på øen hedder Søren.',
  'Möllaren är på ön.',
  'Prix : 12 €, soit 5 % de plus à l’arrivée…',
  '© 2026 Ann Le Goff, 20 °C',
])('reads %j in windows-1252 without a question', (text) => {
  expect(read(encode(text, 'windows-1252'))).toBe(text);
});

test('reads a long text with a few odd bytes', () => {
  const bytes = encode('The mill of Kerguen turns by water. '.repeat(40), 'latin1');
  bytes.set([0xfd, 0x8d, 0xff], 100);
  expect(read(bytes)).toContain('turns by water');
});

/** Latin-1 by the bytes of EBCDIC 500, for the letters of the text. */
const ebcdic = (text: string): Uint8Array => {
  const at: Readonly<Record<string, number>> = {
    ' ': 0x40,
    '.': 0x4b,
    ',': 0x6b,
    '\n': 0x15,
    é: 0x51,
    à: 0x44,
    ù: 0xdd,
    "'": 0x7d,
    '-': 0x60,
  };
  const run = (first: number, letter: string, from: string): number => first + letter.charCodeAt(0) - from.charCodeAt(0);
  return Uint8Array.from(text, (sign) => {
    if (sign in at) return at[sign] as number;
    if (sign >= 'a' && sign <= 'i') return run(0x81, sign, 'a');
    if (sign >= 'j' && sign <= 'r') return run(0x91, sign, 'j');
    if (sign >= 's' && sign <= 'z') return run(0xa2, sign, 's');
    if (sign >= 'A' && sign <= 'I') return run(0xc1, sign, 'A');
    if (sign >= 'J' && sign <= 'R') return run(0xd1, sign, 'J');
    if (sign >= 'S' && sign <= 'Z') return run(0xe2, sign, 'S');
    return run(0xf0, sign, '0');
  });
};
test('reads EBCDIC', () => {
  const text = 'Le bail du moulin a été signé lundi 9 mars,\net le loyer de 4210 euros est payé chaque mois.\n';
  expect(decodeText(ebcdic(text))).toEqual({ text, encoding: 'ebcdic' });
  expect(read(ebcdic(text.repeat(300)))).toBe(text.repeat(300));
});

test('asks for few of the short pieces', () => {
  const pieces = cases.flatMap(({ text, encoding }) => text.split(/(?<=\.)\s/).map((piece) => read(encode(piece, encoding))));
  expect(pieces.filter((piece) => piece === null).length / pieces.length).toBeLessThan(0.1);
});
