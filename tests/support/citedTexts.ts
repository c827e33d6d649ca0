import type { DocumentFormat } from '@shared/model';
import { byLine, fileOf, type GivenFile, type Placed, times, told, unplaced } from './citedFile';
import { makeDocx, paragraph } from './makeDocx';
import { openDocument } from './openDocument';

/** Paragraphs of three facts below a heading for each twelve. */
const sections = <Part>(placed: readonly Placed[], heading: (title: string) => Part, block: (all: readonly Placed[]) => Part): Part[] =>
  times(Math.ceil(placed.length / 12), (section) => {
    const part = placed.slice(section * 12, section * 12 + 12);
    const blocks = times(Math.ceil(part.length / 3), (index) => block(part.slice(index * 3, index * 3 + 3)));
    return [heading(`Inventory ${section + 1}`), ...blocks];
  }).flat();

const written = (format: DocumentFormat, file: string, count: number, write: (placed: readonly Placed[]) => string | Buffer): GivenFile => {
  const placed = unplaced(count);
  const content = write(placed);
  return fileOf(format, file, content, placed);
};
const writtenByLine = (format: DocumentFormat, file: string, count: number, write: (placed: readonly Placed[]) => string): GivenFile => {
  const placed = unplaced(count);
  const content = write(placed);
  return fileOf(format, file, content, byLine(content, placed));
};

const joined = (all: readonly Placed[]): string => all.map(told).join(' ');
const tagged = (tag: string) => (text: string) => `<${tag}>${text}</${tag}>`;
/** Texts of each format whose places are lines. */
export const citedTexts: (() => GivenFile)[] = [
  () =>
    written('docx', 'deeds.docx', 72, (all) =>
      makeDocx(
        sections(
          all,
          (title) => paragraph(title, '<w:pStyle w:val="Heading1"/>'),
          (some) => paragraph(joined(some)),
        ).join(''),
      ),
    ),
  () =>
    written('odt', 'farms.odt', 72, (all) =>
      openDocument(
        'text',
        sections(
          all,
          (title) => `<text:h text:outline-level="1">${title}</text:h>`,
          (some) => tagged('text:p')(joined(some)),
        ).join(''),
      ),
    ),
  () =>
    written(
      'rtf',
      'leases.rtf',
      72,
      (all) =>
        String.raw`{\rtf1\ansi\ansicpg1252 {\fonttbl{\f0 Arial;}}${sections(
          all,
          (title) => String.raw`\b ${title}\b0\par `,
          (some) => String.raw`${joined(some)}\par `,
        ).join('')}}`,
    ),
  () =>
    written(
      'html',
      'village.html',
      500,
      (all) =>
        `<!doctype html><html><body><main>${sections(all, tagged('h2'), (some) => tagged('p')(joined(some))).join('\n')}</main></body></html>`,
    ),
  () =>
    written(
      'xml',
      'parish.xml',
      72,
      (all) =>
        `<?xml version="1.0"?><parish>${sections(all, tagged('title'), (some) => tagged('p')(joined(some)))
          .join('')
          .replace(/<title>/g, '</part><part><title>')
          .replace('</part>', '')}</part></parish>`,
    ),
  () =>
    written(
      'latex',
      'thesis.tex',
      72,
      (all) =>
        String.raw`\documentclass{article}\begin{document}${'\n'}${sections(all, (title) => String.raw`\section{${title}}`, joined).join('\n\n')}${'\n'}\end{document}`,
    ),
  () => written('outline', 'plans.org', 72, (all) => sections(all, (title) => `* ${title}`, joined).join('\n\n')),
  () => written('json', 'stock.json', 72, (all) => JSON.stringify({ stock: all.map(({ text }, index) => ({ id: index, remark: text })) })),
  () =>
    writtenByLine('yaml', 'tools.yaml', 72, (all) =>
      sections(
        all,
        (title) => `${title.toLowerCase().replace(' ', '_')}:`,
        (some) => some.map(({ marker, text }) => `  remark_${marker[0]}${marker[2]}${marker[4]}: "${text}"`).join('\n'),
      ).join('\n'),
    ),
  () =>
    writtenByLine('text', 'diary.txt', 600, (all) =>
      sections(
        all,
        (title) => title,
        (some) => some.map(told).join('\n'),
      ).join('\n\n'),
    ),
  () =>
    writtenByLine('markdown', 'ledger.md', 600, (all) =>
      sections(
        all,
        (title) => `## ${title}`,
        (some) =>
          some
            .map(({ text }, index) => (index === 1 ? `- ${text.replace('weighs', '**weighs**')}` : text))
            .join(some.length > 1 ? '\n\n' : '\n'),
      ).join('\n\n'),
    ),
  () =>
    writtenByLine('code', 'weights.py', 72, (all) =>
      sections(
        all,
        (title) => `\ndef ${title.toLowerCase().replace(' ', '_')}(scale):`,
        (some) => some.map(({ text }) => `    # ${text}\n    scale.read("once")`).join('\n'),
      ).join('\n'),
    ),
];
