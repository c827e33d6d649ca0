import { utils, write } from '@e965/xlsx';
import type { DocumentFormat } from '@shared/model';
import { facts, fileOf, type GivenFile, inUnits, type Placed, told } from './citedFile';
import { makeEpub } from './makeEpub';
import { makePdf } from './makePdf';
import { makePptx } from './makePptx';
import { openDocument } from './openDocument';

const pdf = (): GivenFile => {
  const pages = inUnits(24, 26, String);
  const lines = ({ label, facts: all }: (typeof pages)[number]) => [
    { text: `Inventory of room ${label}`, size: 16 },
    ...all.map((fact) => ({ text: fact.text, size: 8 })),
    { text: label, size: 8 },
  ];
  return fileOf(
    'pdf',
    'cellar.pdf',
    makePdf(pages.map(lines)),
    pages.flatMap((page) => page.facts),
  );
};

/** Two sheets; in the first, empty rows part the rows after each tenth fact. */
const workbook = (format: DocumentFormat, file: string, bookType: 'xlsx' | 'biff8' | 'ods'): GivenFile => {
  const placed: Placed[] = [];
  const rows = (sheet: string, count: number, gaps: boolean): string[][] => {
    const all: string[][] = [['Name', 'Remark', 'Amount']];
    for (const fact of facts.many(count)) {
      all.push([`Item ${all.length}`, fact.text, `${all.length * 3}`]);
      placed.push({ ...fact, number: all.length, label: sheet });
      if (gaps && placed.length % 10 === 0) all.push([], []);
    }
    return all;
  };
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows('Cellar', 60, true)), 'Cellar');
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows('Attic 2026', 60, false)), 'Attic 2026');
  return fileOf(format, file, Buffer.from(write(book, { type: 'buffer', bookType }) as Uint8Array), placed);
};
const table = (): GivenFile => {
  const placed = facts.many(500).map((fact, index) => ({ ...fact, number: index + 2, label: '' }));
  const rows = placed.map(({ text }, index) => `Item ${index},"${text}",${index * 3}`);
  return fileOf('csv', 'stable.csv', ['Name,Remark,Amount', ...rows].join('\n'), placed);
};

const talk = (): GivenFile => {
  const slides = inUnits(12, 5, (number) => `Room ${number} of the house`);
  const bytes = makePptx(
    slides.map(({ label, facts: [note, ...lines] }) => ({ title: label, lines: lines.map(told), notes: note ? told(note) : '' })),
  );
  return fileOf(
    'pptx',
    'lecture.pptx',
    bytes,
    slides.flatMap((slide) => slide.facts),
  );
};
const openTalk = (): GivenFile => {
  const slides = inUnits(12, 5, (number) => `Barn ${number} of the farm`);
  const frame = (kind: string, lines: readonly string[]): string =>
    `<draw:frame${kind}><draw:text-box>${lines.map((line) => `<text:p>${line}</text:p>`).join('')}</draw:text-box></draw:frame>`;
  const page = ({ label, facts: all }: (typeof slides)[number]): string =>
    `<draw:page>${frame(' presentation:class="title"', [label])}${frame('', all.map(told))}</draw:page>`;
  return fileOf(
    'odp',
    'course.odp',
    openDocument('presentation', slides.map(page).join('')),
    slides.flatMap((slide) => slide.facts),
  );
};
const book = (): GivenFile => {
  const chapters = inUnits(10, 14, (number) => `The voyage ${number}`);
  const bytes = makeEpub(
    chapters.map(({ label, facts: all }) => ({ title: label, html: all.map((fact) => `<p>${fact.text}</p>`).join('') })),
  );
  return fileOf(
    'epub',
    'voyages.epub',
    bytes,
    chapters.flatMap((chapter) => chapter.facts),
  );
};

const clock = (ms: number): string =>
  `${[Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60].map((part) => `${part}`.padStart(2, '0')).join(':')},000`;
const film = (): GivenFile => {
  const placed = facts.many(60).map((fact, index) => ({ ...fact, number: 4_000_000 + index * 7_000, label: '' }));
  const cues = placed.map(({ text, number }, index) => `${index + 1}\n${clock(number)} --> ${clock(number + 6_000)}\n${text}\n`);
  return fileOf('subtitles', 'voices.srt', cues.join('\n'), placed);
};
const notebook = (): GivenFile => {
  const cells = inUnits(14, 4, () => '');
  const content = {
    metadata: { language_info: { name: 'python' } },
    cells: cells.map(({ facts: all }, index) =>
      index % 2 === 0
        ? { cell_type: 'markdown', source: all.map(told).join('\n\n') }
        : { cell_type: 'code', source: all.map((fact) => `say("${fact.text}")`).join('\n'), outputs: [] },
    ),
  };
  return fileOf(
    'notebook',
    'weights.ipynb',
    JSON.stringify(content),
    cells.flatMap((cell) => cell.facts),
  );
};

/** Documents of each format that has pages, sheets, slides, chapters, cells or times. */
export const citedUnits: (() => GivenFile)[] = [
  pdf,
  () => workbook('xlsx', 'houses.xlsx', 'xlsx'),
  () => workbook('xls', 'fields.xls', 'biff8'),
  () => workbook('ods', 'boats.ods', 'ods'),
  table,
  talk,
  openTalk,
  book,
  film,
  notebook,
];
