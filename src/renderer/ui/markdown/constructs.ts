import { attention, setextUnderline } from 'micromark-core-commonmark';
import type { Code, Construct, State, Token, TokenizeContext, Tokenizer } from 'micromark-util-types';

const isLineEnding = (code: Code): boolean => code !== null && code < -2;

/** Takes the range that begins here, up to a place, as one token. */
export const span = (type: 'citation' | 'formula', endAt: (place: number) => number | undefined): Tokenizer =>
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
export const lines = (endAt: (place: number) => number | undefined): Tokenizer =>
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
export const backslash: Construct = {
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
export const backslashes: Construct = {
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

/** The roles of a run of `length` stars between two signs: it may open emphasis, close it, or both. */
export const flankOfStars = (before: Code, after: Code, length: number): { opens: boolean; closes: boolean } => {
  const [spaceBefore, spaceAfter] = [isSpace(before), isSpace(after)];
  const [signBefore, signAfter] = [isSign(before), isSign(after)];
  const strong = length > 1;
  const multiplies = isDigit(before) && isDigit(after);
  const isWithin = !strong && isAlphanumeric(before) && isAlphanumeric(after) && !isUnspaced(before) && !isUnspaced(after);
  const opensBefore = isTypographic(after) || isUnspaced(before) || (strong && /["']/.test(characterOf(after)));
  const closesAfter = isTypographic(before) || isUnspaced(after) || (strong && /["':.!?,;]/.test(characterOf(before)));
  return {
    opens: !multiplies && !isWithin && !spaceAfter && (!signAfter || spaceBefore || signBefore || opensBefore),
    closes: !multiplies && !spaceBefore && (!signBefore || spaceAfter || signAfter || closesAfter),
  };
};

/**
 * Emphasis as in CommonMark, except that stars also open before a quote and close after one: CommonMark requires a blank on the
 * other side, which French elisions and languages without blanks do not have. Between digits or letters a star is a product.
 */
export const emphasis: Construct = {
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
      const { opens, closes } = flankOfStars(before, code, length);
      token._open = opens;
      token._close = closes;
      return ok(code);
    };
    return (code) => {
      effects.enter('attentionSequence');
      return inside(code);
    };
  },
};

/** `__init__` is a name in code: letters of a name, and nothing joined to it. */
export const dunder: Construct = {
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
export const underline: Construct = {
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
