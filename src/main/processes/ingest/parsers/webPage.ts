import { Readability } from '@mozilla/readability';
import { EmergenceError } from '@shared/model';
import { Parser } from 'htmlparser2';
import { parseHTML } from 'linkedom';
import { decodeText } from '../decodeText';
import { authorOf, datedOf } from './facts';
import { declaredCharset } from './html';
import { htmlToText } from './htmlToText';
import type { AboutPage, ParserInput, ReadDocument } from './parser';

/** A page with more elements, or deeper ones, is read whole: finding its main text takes the square of the depth. */
const most = { elements: 30_000, depth: 300 };
/** A main text with fewer characters is not trusted to be the main text: pages of entries have none. */
const fewestMain = 200;
/** Fewer words than these are no page, and a page that asks for a password has none of its own below the second number. */
const fewestWords = 4;
const fewestBesideLogin = 60;
const longestFact = 200;

const asksForScripts =
  /\b(enable|activate|requires?|turn on|activ\S+|n[ée]cessite)\b[^.]{0,40}\bjavascript\b|\bjavascript\b[^.]{0,40}\b(disabled|désactivé)/i;
const asksToSignIn = /\b(sign|log) ?in\b|\bsign on\b|\bse connecter\b|\bconnexion\b|\bidentifi(ez|er)-?vous\b/i;

/** True where the page is small enough for a tree of its elements. */
const isModest = (html: string): boolean => {
  let elements = 0;
  let depth = 0;
  let deepest = 0;
  const parser = new Parser({
    onopentag: () => {
      elements += 1;
      depth += 1;
      deepest = Math.max(deepest, depth);
    },
    onclosetag: () => {
      depth -= 1;
    },
  });
  parser.end(html);
  return elements <= most.elements && deepest <= most.depth;
};

const escaped = (text: string): string => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const fact = (text: string | null | undefined): string | null => text?.replace(/\s+/g, ' ').trim().slice(0, longestFact) || null;

interface MainText {
  html: string;
  title: string | null;
  about: AboutPage;
}

const nothing: AboutPage = { byline: null, site: null, published: null };

type PageTree = ConstructorParameters<typeof Readability>[0] & { querySelector(selector: string): unknown };

/** The main text as HTML, by Readability over a tree that runs nothing and loads nothing; null where there is none to tell apart. */
const mainText = (html: string): { main: MainText | null; hasPassword: boolean } => {
  if (!isModest(html)) return { main: null, hasPassword: false };
  // Its own types name elements of a browser, which the types of this process lack.
  const { document } = parseHTML(html) as unknown as { document: PageTree };
  const hasPassword = document.querySelector('input[type="password"]') !== null;
  // Classes stay, so that text which the page's styles hide is still told as hidden.
  const article = new Readability(document, { keepClasses: true }).parse();
  if (!article?.content || (article.textContent ?? '').trim().length < fewestMain) return { main: null, hasPassword };
  const title = fact(article.title);
  const about = { byline: fact(article.byline), site: fact(article.siteName), published: fact(article.publishedTime) };
  return { main: { html: `${title ? `<h1>${escaped(title)}</h1>` : ''}${article.content}`, title, about }, hasPassword };
};

/** Throws where the page keeps its text to itself: it wants a password, or shows nothing without its scripts. */
const checkWords = (text: string, hasPassword: boolean): void => {
  const words = text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  const short = words < fewestBesideLogin;
  if (short && (hasPassword || (words < fewestBesideLogin / 2 && asksToSignIn.test(text))))
    throw new EmergenceError('page.failed', { reason: 'login' });
  if (words < fewestWords || (short && asksForScripts.test(text))) throw new EmergenceError('page.failed', { reason: 'empty' });
};

/** The charset of a page: the one that the server sent, unless the page's own reads its bytes better. */
const decodePage = (bytes: Uint8Array, sent: string | null): string => {
  const declared = declaredCharset(bytes);
  const first = decodeText(bytes, sent ?? declared).text;
  if (sent === null || declared === null || !first.includes('\ufffd')) return first;
  const second = decodeText(bytes, declared).text;
  return second.split('\ufffd').length < first.split('\ufffd').length ? second : first;
};

/**
 * Reads a page of the web: its main text under its title, without navigation and what stands around it; all of its text where no main
 * text can be told apart. Throws `page.failed` for a page that wants a password or is empty without its scripts.
 */
export const readWebPage = ({ bytes, page }: ParserInput): ReadDocument => {
  const html = decodePage(bytes, page?.charset ?? null);
  const { main, hasPassword } = mainText(html);
  const read = htmlToText(main?.html ?? html, { styledBy: html });
  const { text, spans } = read.builder.build();
  checkWords(text, hasPassword);
  const about = main?.about ?? nothing;
  const facts = { author: authorOf(about.byline), dated: datedOf(about.published) };
  return { text, spans, title: main?.title ?? read.title, ...facts, pages: null, parser: 'web', parserVersion: '1', about };
};
