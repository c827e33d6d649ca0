import type { TextBuilder } from '../textBuilder';
import { authorOf, datedOf, type FileFacts } from './facts';
import { showTagLetters } from './hiddenText';
import { htmlToText } from './htmlToText';
import type { Member } from './parser';
import { cellText } from './tableRows';

/** One mail, in whatever container it came. */
export interface Letter {
  from: string;
  to: string;
  cc: string;
  /** As the mail states it. */
  date: string;
  subject: string;
  /** The body as plain text; empty where it has none. */
  text: string;
  /** The body as HTML; empty where it has none. */
  html: string;
  attachments: readonly Member[];
}

/** Its writer and the day on which it was sent, where it was sent. */
export const factsOfLetter = ({ from, date }: Pick<Letter, 'from' | 'date'>): FileFacts => ({
  author: authorOf(from.replace(/\s*<[^<>]*>\s*$/, '').replace(/^"(.*)"$/, '$1')) ?? authorOf(from),
  dated: datedOf(date),
});

const mostSubject = 200;
/** A plain body of this share of the letters of the HTML body is taken for the same text; a shorter one says "see the HTML". */
const fullShare = 0.6;

const lettersIn = (text: string): number => text.match(/\p{L}/gu)?.length ?? 0;

/** Adds a mail to the text: its subject as a heading, who wrote to whom and when, its body, the names of what is attached. */
export const addLetter = (builder: TextBuilder, letter: Letter, number: number): void => {
  const before = builder.length;
  const subject = cellText(showTagLetters(letter.subject)).slice(0, mostSubject);
  const heading = subject === '' ? null : builder.block(subject);
  if (heading) builder.span({ kind: 'heading', ...heading, label: subject, level: 1 });
  const head = Object.entries({ From: letter.from, To: letter.to, Cc: letter.cc, Date: letter.date })
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${cellText(showTagLetters(value))}`);
  builder.block(head.join('\n'));
  if (letter.html !== '') addBody(builder, letter);
  else builder.block(showTagLetters(letter.text.replace(/\r\n?/g, '\n')));
  builder.block(letter.attachments.map(({ name }) => `Attachment: ${cellText(name)}`).join('\n'));
  builder.unit(before, { kind: 'part', label: subject, level: number });
};

/** The HTML body keeps lists and tables; a plain one that says as much is what the writer saw, and is taken where there is one. */
const addBody = (builder: TextBuilder, { text, html }: Letter): void => {
  const written = lettersIn(text);
  if (written > 0 && written >= fullShare * lettersIn(htmlToText(html).builder.build().text))
    builder.block(showTagLetters(text.replace(/\r\n?/g, '\n')));
  else htmlToText(html, { builder });
};
