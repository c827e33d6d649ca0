/** Marks around text that a reader of the page does not see. The signs are taken out of what stands between them. */
export const hiddenMarks = { open: '⟦hidden on the page: ', close: '⟧' } as const;

/** Hidden text without the signs of the marks, so that it cannot close its own. */
export const withoutMarks = (text: string): string => text.replace(/[⟦⟧]/g, ' ');

/**
 * Letters of Unicode's tag block look like nothing and are read by models: they are written out as what they stand for,
 * under the mark. The flags of regions are made of them too and stay.
 */
export const showTagLetters = (text: string): string =>
  /[\u{E0020}-\u{E007E}]/u.test(text)
    ? text.replace(/\u{1F3F4}[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{3,6}\u{E007F}|[\u{E0001}\u{E0020}-\u{E007F}]+/gu, (found) => {
        if (found.startsWith('\u{1F3F4}')) return found;
        const letters = [...found].map((letter) => (letter.codePointAt(0) ?? 0) - 0xe0000).filter((code) => code >= 0x20 && code < 0x7f);
        return letters.length > 0 ? ` ${hiddenMarks.open}${withoutMarks(String.fromCharCode(...letters))}${hiddenMarks.close} ` : '';
      })
    : text;

type Declarations = Record<string, string>;

const readDeclarations = (text: string): Declarations => {
  const found: Declarations = {};
  for (const part of text.toLowerCase().split(';')) {
    const colon = part.indexOf(':');
    if (colon > 0)
      found[part.slice(0, colon).trim()] = part
        .slice(colon + 1)
        .replace('!important', '')
        .trim();
  }
  return found;
};

/** Bounds on a style sheet that is read at all. */
const mostSheetLength = 500_000;
const mostRules = 5_000;

/** Rules of the page's own sheets, for single classes, ids and elements: what hides by one of them. Conditions are not judged. */
const readSheets = (html: string): Map<string, Declarations> => {
  const rules = new Map<string, Declarations>();
  for (const [, sheet = ''] of html.matchAll(/<style\b[^>]*>([^<]*)/gi)) {
    if (sheet.length > mostSheetLength) continue;
    let depth = 0;
    let start = 0;
    let selector = '';
    const plain = sheet.replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, ' ');
    for (let at = 0; at < plain.length; at += 1) {
      const sign = plain[at];
      if (sign === '{') {
        depth += 1;
        if (depth === 1) selector = plain.slice(start, at).trim().toLowerCase();
        if (depth === 1) start = at + 1;
      } else if (sign === '}') {
        if (depth === 1 && !selector.startsWith('@') && rules.size < mostRules) {
          const declarations = readDeclarations(plain.slice(start, at));
          for (const single of selector.split(',')) {
            const name = single.trim();
            if (/^[.#]?[\w-]+$/.test(name)) rules.set(name, { ...rules.get(name), ...declarations });
          }
        }
        depth = Math.max(0, depth - 1);
        if (depth === 0) start = at + 1;
      }
    }
  }
  return rules;
};

const number = (value: string | undefined): number | null => {
  const found = /^-?\d*\.?\d+/.exec(value ?? '')?.[0];
  return found === undefined ? null : Number(found);
};
const named: Record<string, string> = { white: '255,255,255', black: '0,0,0' };
/** A colour in one form; null for what is not compared. */
const colour = (value: string | undefined): string | null => {
  const text = (value ?? '').trim();
  if (named[text]) return named[text];
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/.exec(text)?.[1];
  if (hex) {
    const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    return digits.map((digit) => Number.parseInt(digit, 16)).join(',');
  }
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(text);
  return parts ? parts.slice(1).join(',') : null;
};

/** What one element's own style takes away together with all that it holds. */
const hidesAll = (style: Declarations): boolean => {
  if (style.display === 'none' || number(style.opacity) === 0) return true;
  const off = (value: string | undefined): boolean => Math.abs(number(value) ?? 0) >= 900;
  if (off(style['text-indent'])) return true;
  if (/absolute|fixed/.test(style.position ?? '')) {
    if ([style.left, style.top, style.right, style.bottom].some((place) => (number(place) ?? 0) <= -500)) return true;
    if (/^rect\(\s*[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?\s*\)$/.test(style.clip ?? '')) return true;
  }
  if (/^inset\(\s*(50|100)%/.test(style['clip-path'] ?? '') || /\bscale\(\s*0\s*\)/.test(style.transform ?? '')) return true;
  const empty = (value: string | undefined): boolean => value !== undefined && (number(value) ?? 2) <= 1 && !value.includes('%');
  return /hidden|clip/.test(style.overflow ?? '') && (empty(style.height) || empty(style.width) || empty(style['max-height']));
};

interface Place {
  /** By something that its content cannot undo. */
  gone: boolean;
  invisible: boolean;
  /** A size of letters that nobody reads. */
  tiny: boolean;
  ink: string | null;
  paper: string | null;
}

/**
 * Knows at each place of a page whether a reader sees its text: `hidden`, styles of the element and of the page's own sheets
 * that show nothing, push it off the page, or paint it in the colour below it. Only what stands in the page is judged.
 */
export const createHiddenness = (html: string) => {
  const rules = readSheets(html);
  const places: Place[] = [{ gone: false, invisible: false, tiny: false, ink: '0,0,0', paper: '255,255,255' }];
  const here = (): Place => places.at(-1) as Place;
  return {
    open: (name: string, attributes: Record<string, string>): void => {
      const above = here();
      const sheet =
        rules.size === 0
          ? {}
          : Object.assign(
              {},
              rules.get(name),
              ...(attributes.class ?? '')
                .toLowerCase()
                .split(/\s+/)
                .map((one) => rules.get(`.${one}`)),
              rules.get(`#${(attributes.id ?? '').toLowerCase()}`),
            );
      const style: Declarations = { ...sheet, ...readDeclarations(attributes.style ?? '') };
      const ownInk = style.color ?? attributes.color?.toLowerCase();
      const ownPaper = style['background-color'] ?? style.background ?? attributes.bgcolor?.toLowerCase();
      const size = number(style['font-size']);
      places.push({
        gone: above.gone || (attributes.hidden !== undefined && style.display === undefined) || hidesAll(style),
        invisible: style.visibility === undefined ? above.invisible : /hidden|collapse/.test(style.visibility),
        tiny: size === null ? above.tiny : size === 0 || (size <= 1 && /px|pt/.test(style['font-size'] ?? '')),
        ink: ownInk === undefined ? above.ink : ownInk === 'transparent' ? 'none' : colour(ownInk),
        // A picture or another page's colour: nothing is known of what stands on it.
        paper: ownPaper === undefined ? above.paper : colour(ownPaper),
      });
    },
    close: (): void => {
      if (places.length > 1) places.pop();
    },
    isHidden: (): boolean => {
      const { gone, invisible, tiny, ink, paper } = here();
      return gone || invisible || tiny || ink === 'none' || (ink !== null && ink === paper);
    },
  };
};
