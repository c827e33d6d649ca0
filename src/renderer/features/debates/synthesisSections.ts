interface SynthesisSection {
  heading: string;
  body: string;
}

export interface Synthesis {
  /** What stands before the first heading; empty where the mediator kept to the form. */
  opening: string;
  verdict: SynthesisSection | null;
  /** The other sections, in their order. */
  sections: SynthesisSection[];
}

const headingLine = /^\s{0,3}(?:#{1,6}\s+(.+?)\s*#*|\*\*(.+?)\*\*\s*:?)\s*$/;
/** The mediator is asked for four headings: agreements, open points, verdict, what would settle it. */
const asked = { sections: 4, verdict: 2 };

/** Splits a synthesis by its headings, in whatever language they are. A text without headings is all opening. Pure. */
export const splitSynthesis = (text: string): Synthesis => {
  const sections: SynthesisSection[] = [];
  const opening: string[] = [];
  for (const line of text.split('\n')) {
    const match = headingLine.exec(line);
    const heading = (match?.[1] ?? match?.[2])?.replace(/[:.\s*]+$/, '').trim();
    const last = sections.at(-1);
    if (heading) sections.push({ heading, body: '' });
    else if (last) last.body += `${line}\n`;
    else opening.push(line);
  }
  for (const section of sections) section.body = section.body.trim();
  const named = sections.findIndex(({ heading }) => /verdict/i.test(heading));
  const index = named >= 0 ? named : sections.length === asked.sections ? asked.verdict : -1;
  return {
    opening: opening.join('\n').trim(),
    verdict: sections[index] ?? null,
    sections: sections.filter((_, at) => at !== index),
  };
};
