import { headingOf } from '@shared/markdown/marks';

interface SynthesisSection {
  heading: string;
  body: string;
  /** The position of the body in the text. */
  at: number;
}

export interface Synthesis {
  /** The text before the first heading; empty where the mediator kept to the form. */
  opening: string;
  openingAt: number;
  verdict: SynthesisSection | null;
  /** The other sections, in their order. */
  sections: SynthesisSection[];
}

/** The words of a line that is a heading, marked as one or set in bold by itself; null for any other line. Reads the line once. */
const titleOf = (line: string): string | null => {
  const trimmed = line.trim();
  if (line.length - line.trimStart().length > 3) return null;
  const marked = headingOf(line);
  if (marked) return line.slice(marked.start, marked.end);
  const bold = withoutEnd(trimmed, ':');
  if (bold.length < 5 || !bold.startsWith('**') || !bold.endsWith('**') || bold.slice(2, -2).includes('**')) return null;
  return bold.slice(2, -2);
};

const withoutEnd = (text: string, signs: string): string => {
  let end = text.length;
  while (end > 0 && (signs.includes(text[end - 1] as string) || text[end - 1] === ' ')) end -= 1;
  return text.slice(0, end).trim();
};

/** The mediator is asked for four headings: agreements, open points, verdict, what would settle it. */
const asked = { sections: 4, verdict: 2 };

const blanksBefore = (text: string): number => text.length - text.trimStart().length;

/** Splits a synthesis by its headings, in any language. A text without headings is all opening. Pure. */
export const splitSynthesis = (text: string): Synthesis => {
  const sections: SynthesisSection[] = [];
  const opening: string[] = [];
  let place = 0;
  for (const line of text.split('\n')) {
    const marked = titleOf(line);
    const heading = marked === null ? null : withoutEnd(marked, ':.*');
    const last = sections.at(-1);
    if (heading) sections.push({ heading, body: '', at: place + line.length + 1 });
    else if (last) last.body += `${line}\n`;
    else opening.push(line);
    place += line.length + 1;
  }
  for (const section of sections) {
    section.at += blanksBefore(section.body);
    section.body = section.body.trim();
  }
  const named = sections.findIndex(({ heading }) => /verdict/i.test(heading));
  const index = named >= 0 ? named : sections.length === asked.sections ? asked.verdict : -1;
  return {
    opening: opening.join('\n').trim(),
    openingAt: blanksBefore(opening.join('\n')),
    verdict: sections[index] ?? null,
    sections: sections.filter((_, at) => at !== index),
  };
};
