import type { CitationMark } from '@shared/markdown/citationMarks';
import type { MathRegion } from '@shared/markdown/regions';
import { attention, definition, setextUnderline } from 'micromark-core-commonmark';
import type { Code, Construct, Extension, State, Token, TokenizeContext, Tokenizer } from 'micromark-util-types';

/**
 * Extends the Markdown parser by constructs of answers: citations and formulas at the places where the shared reader of the text
 * found them; a backslash before a sign without a meaning in Markdown; emphasis beside quotes and full-width signs.
 */
export interface Written {
  marks: readonly CitationMark[];
  formulas: readonly MathRegion[];
  /** True when the line of a place defines an address; any other such line is text. */
  isDefinition: (place: number) => boolean;
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citation: 'citation';
    formula: 'formula';
    formulaLines: 'formulaLines';
    writtenData: 'writtenData';
  }
}

const isLineEnding = (code: Code): boolean => code !== null && code < -2;

/** Takes the range that begins here, up to a place, as one token. */
const span = (type: 'citation' | 'formula', endAt: (place: number) => number | undefined): Tokenizer =>
  function (this: TokenizeContext, effects, ok, nok): State {
    const end = endAt(this.now().offset);
    let within = false;
    const inside: State = (code) => {
      if (this.now().offset >= (end as number)) {
        if (within) effects.exit('writtenData');
        effects.exit(type);
        return ok(code);
      }
      if (code === null) return nok(code);
      if (isLineEnding(code)) {
        if (within) effects.exit('writtenData');
        within = false;
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return inside;
      }
      if (!within) effects.enter('writtenData');
      within = true;
      effects.consume(code);
      return inside;
    };
    return (code) => {
      if (end === undefined) return nok(code);
      effects.enter(type);
      return inside(code);
    };
  };

/** Takes whole lines up to the end of a formula on lines of its own; words after it make it part of a paragraph. */
const lines = (endAt: (place: number) => number | undefined): Tokenizer =>
  function (this: TokenizeContext, effects, ok, nok): State {
    const end = endAt(this.now().offset);
    let within = false;
    const finish = (code: Code): State | undefined => {
      if (within) effects.exit('writtenData');
      effects.exit('formulaLines');
      return ok(code);
    };
    const inside: State = (code) => {
      if (code === null) return finish(code);
      if (isLineEnding(code)) {
        if (this.now().offset >= (end as number)) return finish(code);
        if (within) effects.exit('writtenData');
        within = false;
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return (next) => (this.parser.lazy[this.now().line] ? finish(next) : inside(next));
      }
      if (this.now().offset >= (end as number) && !isSpace(code)) return nok(code);
      if (!within) effects.enter('writtenData');
      within = true;
      effects.consume(code);
      return inside;
    };
    return (code) => {
      if (end === undefined) return nok(code);
      effects.enter('formulaLines');
      return inside(code);
    };
  };

/** Signs with a meaning in Markdown, which a backslash escapes. Before any other sign a backslash stays. */
const escapable = /[\\`*_[\]<>#|~!+.=$&-]/;
const backslash: Construct = {
  name: 'escape',
  tokenize(effects, ok, nok) {
    return (code) => {
      const before = this.previous;
      effects.enter('characterEscape');
      effects.enter('escapeMarker');
      effects.consume(code);
      effects.exit('escapeMarker');
      return (sign) => {
        const listMark = sign === 41 && before !== null && before >= 48 && before <= 57;
        if (sign === null || sign < 0 || !(escapable.test(String.fromCharCode(sign)) || listMark)) return nok(sign);
        effects.enter('characterEscapeValue');
        effects.consume(sign);
        effects.exit('characterEscapeValue');
        effects.exit('characterEscape');
        return ok;
      };
    };
  },
};

/**
 * Several backslashes before a sign without a meaning escape nothing: `\
 * as\scans`, the row of a matrix.
 */
const backslashes: Construct = {
  name: 'backslashes',
  tokenize(effects, ok, nok) {
    let length = 0;
    const inside: State = (code) => {
      if (code === 92) {
        length += 1;
        effects.consume(code);
        return inside;
      }
      effects.exit('data');
      return length < 2 || escapable.test(characterOf(code)) ? nok(code) : ok(code);
    };
    return (code) => {
      effects.enter('data');
      return inside(code);
    };
  },
};

const characterOf = (code: Code): string => (code === null || code < 0 ? ' ' : String.fromCharCode(code));
const isDigit = (code: Code): boolean => /\p{N}/u.test(characterOf(code));
const isAlphanumeric = (code: Code): boolean => /[\p{L}\p{N}]/u.test(characterOf(code));
const isSpace = (code: Code): boolean => /\s/.test(characterOf(code));
const isSign = (code: Code): boolean => /[\p{P}\p{S}]/u.test(characterOf(code));
const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const isUnspaced = (code: Code): boolean => unspaced.test(characterOf(code));
/** True for a sign that is not used in code: «, “, （, 、. Emphasis may begin or end there, whatever is on the other side. */
const isTypographic = (code: Code): boolean => isSign(code) && (code as number) > 126;

/**
 * Emphasis as in CommonMark, except that stars also open before a quote and close after one: CommonMark requires a blank on the
 * other side, which French elisions and languages without blanks do not have. Between digits or letters a star is a product.
 */
const emphasis: Construct = {
  name: 'emphasisAsWritten',
  ...(attention.resolveAll ? { resolveAll: attention.resolveAll } : {}),
  tokenize(effects, ok) {
    const before = this.previous;
    let length = 0;
    const inside: State = (code) => {
      if (code === 42) {
        length += 1;
        effects.consume(code);
        return inside;
      }
      const token = effects.exit('attentionSequence') as Token & { _open?: boolean; _close?: boolean };
      const [spaceBefore, spaceAfter] = [isSpace(before), isSpace(code)];
      const [signBefore, signAfter] = [isSign(before), isSign(code)];
      const strong = length > 1;
      const multiplies = isDigit(before) && isDigit(code);
      const isWithin = !strong && isAlphanumeric(before) && isAlphanumeric(code) && !isUnspaced(before) && !isUnspaced(code);
      const opensBefore = isTypographic(code) || isUnspaced(before) || (strong && /["']/.test(characterOf(code)));
      const closesAfter = isTypographic(before) || isUnspaced(code) || (strong && /["':.!?,;]/.test(characterOf(before)));
      token._open = !multiplies && !isWithin && !spaceAfter && (!signAfter || spaceBefore || signBefore || opensBefore);
      token._close = !multiplies && !spaceBefore && (!signBefore || spaceAfter || signAfter || closesAfter);
      return ok(code);
    };
    return (code) => {
      effects.enter('attentionSequence');
      return inside(code);
    };
  },
};

/** `__init__` is a name in code: letters of a name, and nothing joined to it. */
const dunder: Construct = {
  name: 'dunder',
  tokenize(effects, ok, nok) {
    const isFree = this.previous !== 95 && !isAlphanumeric(this.previous);
    let written = '';
    const inside: State = (code) => {
      const next = characterOf(code);
      if (/[a-z0-9_]/.test(next) && written.length < longestDunder) {
        written += next;
        effects.consume(code);
        return inside;
      }
      effects.exit('data');
      return /^__[a-z][a-z0-9]*(?:_[a-z0-9]+)*__$/.test(written) && !isAlphanumeric(code) ? ok(code) : nok(code);
    };
    return (code) => {
      if (!isFree) return nok(code);
      effects.enter('data');
      return inside(code);
    };
  },
};
const longestDunder = 40;

/** The line below a heading needs three signs or more: a single dash is an item that is still being written. */
const underline: Construct = {
  ...setextUnderline,
  name: 'underline',
  tokenize(effects, ok, nok) {
    return setextUnderline.tokenize.call(
      this,
      effects,
      (code) => {
        const line = this.events.findLast(([, token]) => token.type === 'setextHeadingLineSequence')?.[1];
        return line && line.end.offset - line.start.offset >= 3 ? ok(code) : nok(code);
      },
      nok,
    );
  },
};

const extension = ({ marks, formulas, isDefinition }: Written): Extension => {
  const cites = new Map(marks.map(({ start, end }) => [start, end]));
  const maths = new Map(formulas.map(({ start, end }) => [start, end]));
  const citation: Construct = { name: 'citation', tokenize: span('citation', (place) => cites.get(place)) };
  const formula: Construct = { name: 'formula', tokenize: span('formula', (place) => maths.get(place)) };
  const onLines = new Map(formulas.filter(({ display }) => display).map(({ start, end }) => [start, end]));
  const formulaLines: Construct = { name: 'formulaLines', concrete: true, tokenize: lines((place) => onLines.get(place)) };
  const noted: Construct = {
    ...definition,
    name: 'noted',
    tokenize(effects, ok, nok) {
      return isDefinition(this.now().offset) ? definition.tokenize.call(this, effects, ok, nok) : nok;
    },
  };
  return {
    disable: { null: ['characterEscape', 'definition', 'attention', 'setextUnderline'] },
    contentInitial: { 91: noted },
    flow: { 45: underline, 61: underline, ...(formulas.length > 0 ? { 36: formulaLines, 92: formulaLines } : {}) },
    text: {
      36: formula,
      42: emphasis,
      91: citation,
      92: [formula, backslashes, backslash],
      95: [dunder, { ...attention, name: 'underscoreEmphasis' }],
      12304: citation,
    },
  };
};

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  identifier?: string;
  start?: number | null;
  position?: { start: { offset?: number }; end: { offset?: number } };
  data?: { hName: string; hProperties?: Record<string, unknown> };
}

interface Processor {
  data(): { micromarkExtensions?: unknown[]; fromMarkdownExtensions?: unknown[] };
}

interface Compiler {
  enter(this: Compiler, node: unknown, token: Token): void;
  exit(this: Compiler, token: Token): void;
}

/** A remark plugin: parses with the constructs above and creates nodes `citation` and `formula` with their place. */
export function remarkAsWritten(this: unknown, written: Written): void {
  const data = (this as Processor).data();
  data.micromarkExtensions ??= [];
  data.micromarkExtensions.push(extension(written));
  data.fromMarkdownExtensions ??= [];
  const enter = (type: string) =>
    function (this: Compiler, token: Token): void {
      this.enter({ type, children: [] }, token);
    };
  const exit = function (this: Compiler, token: Token): void {
    this.exit(token);
  };
  data.fromMarkdownExtensions.push({
    enter: { citation: enter('citation'), formula: enter('formula'), formulaLines: enter('formula') },
    exit: { citation: exit, formula: exit, formulaLines: exit },
  });
}

export interface Shown {
  /** The parsed text. */
  text: string;
  marks: readonly CitationMark[];
  formulas: readonly MathRegion[];
  /** Maps a place of this text to its place in the message. */
  placeOf: (place: number) => number;
  /** Characters of the piece itself; notes for the parser follow it. */
  length: number;
  /** The number with which a list continues. */
  listStart: number | null;
  /** Numbers of the footnotes. */
  notes: ReadonlyMap<string, number>;
}

/** A longer word may break from its chip rather than overflow the line. */
const longestKept = 28;
const tags = /^<(\/?)(br|sup|sub|kbd)\s*(\/?)>$/i;

const element = (hName: string, hProperties: Record<string, unknown>, children: Node[] = []): Node => ({
  type: hName,
  data: { hName, hProperties },
  children,
});
const text = (value: string): Node => ({ type: 'text', value });

/** Transforms the parsed tree for display: chips tied to their word, formulas, footnotes, the few allowed tags. */
export const remarkShown = ({ text: source, marks, formulas, placeOf, length, listStart, notes }: Shown) => {
  const markAt = new Map(marks.map((mark) => [mark.start, mark]));
  const formulaAt = new Map(formulas.map((formula) => [formula.start, formula]));

  const chips = (node: Node): Node[] => {
    const mark = markAt.get(node.position?.start.offset ?? -1);
    if (!mark) return [];
    const chip = (number: number): Node => element('cite', { marker: number, at: placeOf(mark.start) });
    const written = source.slice(mark.start, mark.end);
    const ranged = /\d\s*[–-]\s*\d/.test(written);
    const others = (written.replace(/†[^,;\]】]*/g, '').match(/\d+/g) ?? []).some((digits) => !mark.numbers.includes(Number(digits)));
    if (ranged || !others) return mark.numbers.map(chip);
    // A number that is no source stays as it was written.
    return written
      .split(/(\d+)/)
      .filter((part) => part !== '')
      .map((part) => (mark.numbers.includes(Number(part)) && /^\d+$/.test(part) ? chip(Number(part)) : text(part)));
  };
  const formula = (node: Node): Node[] => {
    const region = formulaAt.get(node.position?.start.offset ?? -1);
    if (!region) return [];
    const plain = (from: number, to: number): string => source.slice(from, to).replace(/\n[ \t]*>[ \t]?/g, '\n');
    return [
      element('formula', {
        value: plain(region.from, region.to),
        source: plain(region.start, region.end),
        display: region.display || undefined,
        unfinished: region.unfinished || undefined,
      }),
    ];
  };

  /** Ties chips to the word before them, so that a line never begins with one. */
  const tied = (nodes: Node[]): Node[] => {
    const out: Node[] = [];
    for (const node of nodes) {
      const last = out.at(-1);
      if (node.type !== 'cite') out.push(node);
      else if (last?.type === 'span') last.children?.push(node);
      else if (last?.type === 'text' && last.value) {
        const word = /\S*[ \u00a0]?$/.exec(last.value.slice(-longestKept - 2))?.[0] ?? '';
        const kept = word.length <= longestKept ? word : '';
        const rest = last.value.slice(0, last.value.length - kept.length);
        out.pop();
        if (rest) out.push({ ...last, value: rest });
        out.push(element('span', { className: 'nowrap' }, kept ? [text(kept), node] : [node]));
      } else out.push(element('span', { className: 'nowrap' }, [node]));
    }
    return out;
  };

  /** The allowed tags among the children of one node; one without its other half is text. */
  const tagged = (nodes: Node[]): Node[] => {
    const root: Node[] = [];
    const open: { name: string; node: Node; children: Node[] }[] = [];
    const into = (): Node[] => open.at(-1)?.children ?? root;
    for (const node of nodes) {
      const [, closing, tag = '', self] = node.type === 'html' ? (tags.exec(node.value ?? '') ?? []) : [];
      const name = tag.toLowerCase();
      if (name === 'br') into().push({ type: 'break' });
      else if (name === '' || self) into().push(node);
      else if (closing === '') open.push({ name, node, children: [] });
      else if (open.at(-1)?.name === name) {
        const { children } = open.pop() as (typeof open)[number];
        into().push(element(name, {}, children));
      } else into().push(node);
    }
    while (open.length > 0) {
      const { node, children } = open.pop() as (typeof open)[number];
      into().push(node, ...children);
    }
    return root;
  };

  /** For Markdown, a line that begins with one of the tags alone is a block of HTML; here its text is shown as text. */
  const block = (node: Node): Node[] => {
    const parts = (node.value ?? '').split(/(<\/?(?:br|sup|sub|kbd)\s*\/?>)/i).filter((part) => part !== '');
    if (parts.length < 2 && !tags.test(node.value ?? '')) return [node];
    return [{ type: 'paragraph', children: tagged(parts.map((value) => ({ type: tags.test(value) ? 'html' : 'text', value }))) }];
  };

  const visit = (node: Node): void => {
    if (!node.children) return;
    const flow = ['root', 'blockquote', 'listItem', 'footnoteDefinition', 'note'].includes(node.type);
    let children = node.children.flatMap((child): Node[] => {
      switch (child.type) {
        case 'citation':
          return chips(child);
        case 'formula':
          return formula(child);
        case 'html':
          return flow ? block(child) : [child];
        case 'footnoteReference': {
          const id = child.identifier ?? '';
          return [element('noteref', { number: notes.get(id), name: id })];
        }
        case 'footnoteDefinition': {
          if ((child.position?.start.offset ?? 0) >= length) return [];
          visit(child);
          const id = child.identifier ?? '';
          return [element('note', { number: notes.get(id), name: id }, child.children ?? [])];
        }
        default:
          visit(child);
          // A formula alone in its paragraph replaces the paragraph.
          return child.type === 'paragraph' && child.children?.length === 1 && child.children[0]?.data?.hProperties?.display
            ? child.children
            : [child];
      }
    });
    if (!flow) children = tied(children.some(({ type }) => type === 'html') ? tagged(children) : children);
    node.children = children;
  };

  return () =>
    (tree: Node): void => {
      visit(tree);
      const [first] = tree.children ?? [];
      if (listStart !== null && first?.type === 'list') first.start = listStart;
    };
};
