import type { CitationMark } from '@shared/markdown/citationMarks';
import type { MathRegion } from '@shared/markdown/regions';
import { attention, definition } from 'micromark-core-commonmark';
import type { Construct, Extension, Token } from 'micromark-util-types';
import { backslash, backslashes, dunder, emphasis, lines, span, underline } from './constructs';

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
