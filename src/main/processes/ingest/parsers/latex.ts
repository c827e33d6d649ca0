import { EmergenceError } from '@shared/model';
import { parse } from '@unified-latex/unified-latex-util-parse';
import { cleanText } from '../cleanText';
import { decodeText } from '../decodeText';
import { createTextBuilder, type TextBuilder } from '../textBuilder';
import type { ParserInput, ReadDocument } from './parser';
import { addTable, cellText } from './tableRows';

/** A node of the library's tree, of which every kind has some of these. */
interface Node {
  type: string;
  content?: string | Node[];
  env?: string | { content: string };
  args?: { content: Node[]; openMark: string }[];
}

/** The parser's time grows with the text; longer ones are no papers. */
const mostCharacters = 3_000_000;

const levels: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
  subparagraph: 6,
};
/** Commands that stand for a letter or a sign. */
const signs: Readonly<Record<string, string>> = {
  '\\\\': '\n',
  newline: '\n',
  '%': '%',
  '&': '&',
  '#': '#',
  $: '$',
  _: '_',
  '{': '{',
  '}': '}',
  ',': ' ',
  ';': ' ',
  ':': ' ',
  ' ': ' ',
  '!': '',
  ldots: '…',
  dots: '…',
  textellipsis: '…',
  quad: ' ',
  qquad: ' ',
  textbackslash: '\\',
  LaTeX: 'LaTeX',
  TeX: 'TeX',
  oe: 'œ',
  OE: 'Œ',
  ae: 'æ',
  AE: 'Æ',
  o: 'ø',
  O: 'Ø',
  aa: 'å',
  AA: 'Å',
  l: 'ł',
  L: 'Ł',
  ss: 'ß',
  i: 'ı',
  j: 'ȷ',
  og: '« ',
  fg: ' »',
  guillemotleft: '«',
  guillemotright: '»',
  euro: '€',
  texteuro: '€',
  textdegree: '°',
  degree: '°',
  S: '§',
  P: '¶',
  copyright: '©',
  pounds: '£',
  dag: '†',
  textendash: '–',
  textemdash: '—',
  no: 'nᵒ ',
  textquoteleft: '‘',
  textquoteright: '’',
  textquotedblleft: '“',
  textquotedblright: '”',
  slash: '/',
  '-': '',
  '/': '',
  today: '',
  and: ', ',
};
/** Commands that put a mark on the letter behind them, as the mark that Unicode combines. */
const accents: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '^': '\u0302',
  '"': '\u0308',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  H: '\u030b',
  u: '\u0306',
  r: '\u030a',
  k: '\u0328',
  d: '\u0323',
  b: '\u0331',
};
/** Commands whose arguments are for the printer, not for a reader. */
const silent = new Set(
  (
    'label index vspace hspace vskip hskip includegraphics usepackage documentclass newcommand renewcommand providecommand def let newenvironment setlength ' +
    'setcounter addtocounter bibliographystyle bibliography input include pagestyle thispagestyle hypersetup newtheorem graphicspath definecolor color ' +
    'textcolor@ maketitle tableofcontents listoffigures clearpage newpage noindent centering title author date phantomsection addcontentsline'
  ).split(' '),
);
const references = new Set('ref eqref pageref autoref cref Cref cite citep citet citeauthor parencite textcite'.split(' '));
const lists = new Set(['itemize', 'enumerate', 'description']);
const tables = /^(tabular[xy*]?|longtable|tabulary|array)$/;
const equations = /^(equation|align|gather|multline|eqnarray|displaymath|math|flalign|alignat)\*?$/;

const envOf = ({ env }: Node): string => (typeof env === 'string' ? env : (env?.content ?? ''));
const childrenOf = ({ content }: Node): Node[] => (Array.isArray(content) ? content : []);
/** The last argument of a command that is given: the one that is printed. */
const printedOf = ({ args = [] }: Node): Node[] =>
  args.findLast(({ openMark, content }) => openMark === '{' || content.length > 0)?.content ?? [];

const raw = (nodes: readonly Node[]): string =>
  nodes
    .map((node): string => {
      const inner = typeof node.content === 'string' ? node.content : raw(childrenOf(node));
      const args = (node.args ?? [])
        .map(({ content, openMark }) => (openMark === '' ? '' : `${openMark}${raw(content)}${openMark === '[' ? ']' : '}'}`))
        .join('');
      switch (node.type) {
        case 'comment':
          return '';
        case 'whitespace':
        case 'parbreak':
          return ' ';
        case 'macro':
          if (inner === 'label') return '';
          if (/^[_^]$/.test(inner) && args.length === 3) return `${inner}${args[1]}`;
          return `${/^[_^]$/.test(inner) ? '' : '\\'}${inner}${args}${args === '' && /\w$/.test(inner) ? ' ' : ''}`;
        case 'group':
          return `{${inner}}`;
        case 'mathenv':
        case 'environment':
          return `\\begin{${envOf(node)}}${args}${inner}\\end{${envOf(node)}}`;
        default:
          return inner;
      }
    })
    .join('');
const equation = (nodes: readonly Node[]): string => raw(nodes).replace(/\s+/g, ' ').trim();

const dashes = (text: string): string => text.replace(/---/g, '—').replace(/--/g, '–').replace(/``|''/g, '"').replace(/~/g, '\u00a0');

/** Writes the body of a paper: paragraphs, headings, lists, tables and equations as blocks. */
const createWriter = (builder: TextBuilder) => {
  let open = '';
  let notes: string[] = [];

  const flush = (before = ''): void => {
    const text = dashes(open).split('\n').map(cellText).filter(Boolean).join('\n');
    open = '';
    if (text !== '') builder.block(`${before}${text}`);
    const below = notes;
    notes = [];
    for (const note of below) builder.block(note);
  };

  /** The words of some nodes in one line; what would be a block within them is written as words. */
  const inline = (nodes: readonly Node[]): string => {
    const kept = open;
    open = '';
    words(nodes);
    const text = open;
    open = kept;
    return cellText(dashes(text));
  };

  const heading = (node: Node, name: string): void => {
    flush();
    const label = inline(printedOf(node)).slice(0, 300);
    const range = builder.block(label);
    if (range) builder.span({ kind: 'heading', ...range, label, level: levels[name] ?? 6 });
  };

  const list = (node: Node, depth: number): void => {
    flush();
    let number = 0;
    for (const item of childrenOf(node)) {
      if (item.type !== 'macro' || item.content !== 'item') continue;
      number += 1;
      const given = item.args?.find(({ openMark }) => openMark === '[')?.content ?? [];
      const mark = envOf(node) === 'enumerate' ? `${number}. ` : '- ';
      if (given.length > 0) open += `${inline(given)}: `;
      body(item.args?.at(-1)?.content ?? [], depth + 1, `${'  '.repeat(depth)}${mark}`);
    }
  };

  const table = (node: Node): void => {
    flush();
    const rows: string[][] = [[]];
    let cell: Node[] = [];
    const endCell = (): void => {
      rows.at(-1)?.push(inline(cell));
      cell = [];
    };
    for (const child of childrenOf(node))
      if (child.type === 'string' && child.content === '&') endCell();
      else if (child.type === 'macro' && (child.content === '\\' || child.content === 'tabularnewline')) {
        endCell();
        rows.push([]);
      } else if (child.type !== 'macro' || !/rule$|^hline$|^cline$/.test(String(child.content))) cell.push(child);
    endCell();
    addTable(
      builder,
      rows.filter((row) => row.some((text) => text !== '')),
    );
  };

  /** Adds the words of some nodes to the open paragraph. */
  const words = (nodes: readonly Node[]): void => {
    for (let at = 0; at < nodes.length; at += 1) {
      const node = nodes[at] as Node;
      const name = typeof node.content === 'string' ? node.content : '';
      switch (node.type) {
        case 'string':
        case 'verb':
        case 'verbatim':
          open += name;
          break;
        case 'whitespace':
          open += ' ';
          break;
        case 'parbreak':
          open += '\n';
          break;
        case 'inlinemath':
        case 'displaymath':
        case 'mathenv':
          open += `$${equation(childrenOf(node))}$`;
          break;
        case 'macro':
          if (name in accents) {
            // The letter is the argument of the command, or what follows it.
            const argument = printedOf(node);
            const letter = argument.length > 0 ? inline(argument) : inline(nodes.slice(at + 1, at + 2));
            if (argument.length === 0) at += 1;
            open += `${letter.slice(0, 1).replace('ı', 'i')}${accents[name] ?? ''}${letter.slice(1)}`.normalize('NFC');
          } else if (name in signs) open += signs[name] ?? '';
          else if (references.has(name)) open += `[${inline(printedOf(node))}]`;
          else if (name === 'footnote' || name === 'thanks') notes.push(inline(printedOf(node)));
          else if (name === 'href') open += inline(node.args?.at(-1)?.content ?? []);
          else if (name === 'item') words(node.args?.at(-1)?.content ?? []);
          else if (!silent.has(name)) words(printedOf(node));
          break;
        case 'comment':
          open += ' ';
          break;
        default:
          words(childrenOf(node));
      }
    }
  };

  const body = (nodes: readonly Node[], depth = 0, before = ''): void => {
    let mark = before;
    const end = (): void => {
      if (open.trim() === '' && notes.length === 0) return;
      flush(mark);
      mark = '  '.repeat(depth);
    };
    let inlines: Node[] = [];
    const take = (): void => {
      words(inlines);
      inlines = [];
    };
    for (const node of nodes) {
      const name = typeof node.content === 'string' ? node.content : '';
      const env = envOf(node);
      if (node.type === 'parbreak') {
        take();
        end();
      } else if (node.type === 'macro' && name in levels) {
        take();
        end();
        heading(node, name);
      } else if (node.type === 'macro' && name === 'caption') {
        take();
        end();
        words(printedOf(node));
        end();
      } else if (node.type === 'displaymath' || node.type === 'mathenv' || equations.test(env)) {
        take();
        end();
        builder.block(equation(childrenOf(node)));
      } else if (node.type === 'verbatim') {
        take();
        end();
        builder.block(name.replace(/^\n|\n$/g, ''));
      } else if (node.type === 'environment') {
        take();
        end();
        if (lists.has(env)) list(node, depth);
        else if (tables.test(env)) table(node);
        else body(childrenOf(node), depth, mark);
      } else inlines.push(node);
    }
    take();
    end();
  };
  return { body, inline };
};

/** The first command of a name, wherever it stands. */
const macroNamed = (nodes: readonly Node[], name: string): Node | null => {
  for (const node of nodes) {
    if (node.type === 'macro' && node.content === name) return node;
    const within = macroNamed(childrenOf(node), name);
    if (within) return within;
  }
  return null;
};

/**
 * Reads LaTeX: sections as headings, commands as the text that they print, equations as they are written. The preamble and comments are
 * left out.
 */
export const readLatex = ({ bytes }: ParserInput): ReadDocument => {
  const source = cleanText(decodeText(bytes).text);
  if (source.length > mostCharacters) throw new EmergenceError('document.too_large', { characters: source.length });
  const nodes = (parse(source) as unknown as Node).content as Node[];
  const document = nodes.find((node) => node.type === 'environment' && envOf(node) === 'document');
  const builder = createTextBuilder();
  const writer = createWriter(builder);
  const named = (name: string): string => {
    const macro = macroNamed(nodes, name);
    return macro ? writer.inline(printedOf(macro)) : '';
  };
  const title = named('title');
  const head = title === '' ? null : builder.block(title);
  if (head) builder.span({ kind: 'heading', ...head, label: title.slice(0, 300), level: 1 });
  builder.block([named('author'), named('date')].filter(Boolean).join('\n'));
  writer.body(document ? childrenOf(document) : nodes);
  return { ...builder.build(), title: title || null, pages: null, parser: 'unified-latex', parserVersion: '1.8' };
};
