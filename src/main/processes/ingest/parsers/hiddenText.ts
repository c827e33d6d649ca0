import { merged, readDeclarations, readStyleSheets, type Styled } from './styleSheets';

/** Marks around text that a reader of the page does not see. The signs of the marks are removed from the text between them. */
export const hiddenMarks = { open: '⟦hidden on the page: ', close: '⟧' } as const;

/** Hidden text without the signs of the marks, so that it cannot close its own. */
export const withoutMarks = (text: string): string => text.replace(/[⟦⟧]/g, ' ');

/**
 * Letters of Unicode's tag block are invisible, but models read them: they are written out as the letters they encode, under the
 * mark. The flags of regions consist of them too and stay.
 */
export const showTagLetters = (text: string): string =>
  /[\u{E0020}-\u{E007E}]/u.test(text)
    ? text.replace(/\u{1F3F4}[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{3,6}\u{E007F}|[\u{E0001}\u{E0020}-\u{E007F}]+/gu, (found) => {
        if (found.startsWith('\u{1F3F4}')) return found;
        const letters = [...found].map((letter) => (letter.codePointAt(0) ?? 0) - 0xe0000).filter((code) => code >= 0x20 && code < 0x7f);
        return letters.length > 0 ? ` ${hiddenMarks.open}${withoutMarks(String.fromCharCode(...letters))}${hiddenMarks.close} ` : '';
      })
    : text;

/** Named colours in which text is often hidden, and those often used as its background. */
const named: Record<string, string> = {
  white: '#fff',
  black: '#000',
  snow: '#fffafa',
  ivory: '#fffff0',
  floralwhite: '#fffaf0',
  ghostwhite: '#f8f8ff',
  mintcream: '#f5fffa',
  azure: '#f0ffff',
  aliceblue: '#f0f8ff',
  honeydew: '#f0fff0',
  seashell: '#fff5ee',
  whitesmoke: '#f5f5f5',
  red: '#f00',
  lime: '#0f0',
  blue: '#00f',
  yellow: '#ff0',
  green: '#008000',
  navy: '#000080',
  gray: '#808080',
  grey: '#808080',
  silver: '#c0c0c0',
};

/** Red, green, blue (0..255) and opacity (0..1). */
type Colour = readonly [number, number, number, number];

const fromHsl = (hue: number, saturation: number, lightness: number): [number, number, number] => {
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
};

/** Parses a CSS colour; null for a form that is not compared. */
const colour = (value: string | undefined): Colour | null => {
  const text = (value ?? '').trim();
  if (text === 'transparent') return [0, 0, 0, 0];
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(named[text] ?? text)?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((digit) => Number.parseInt(digit, 16));
    return [red, green, blue, alpha / 255];
  }
  const [, kind, inside = ''] = /^(rgb|hsl)a?\(([^()]*)\)$/.exec(text) ?? [];
  const parts = inside.split(/[\s,/]+/).filter(Boolean);
  const numbers = parts.map((part) => Number.parseFloat(part) / (part.endsWith('%') ? 100 : 1));
  const [first, second, third, alpha = 1] = numbers;
  if (!kind || first === undefined || second === undefined || third === undefined || numbers.some(Number.isNaN)) return null;
  if (kind === 'hsl') return [...fromHsl(((first % 360) + 360) % 360, second, third), alpha];
  const scale = parts[0]?.endsWith('%') ? 255 : 1;
  return [first * scale, second * scale, third * scale, alpha];
};

/** Opacity, of a colour or of a whole element, that hardly anybody sees. */
const unseenShare = 0.1;
/** The greatest difference in red, green or blue at which two colours look the same. */
const sameSteps = 16;
const looksLike = (one: Colour, other: Colour): boolean =>
  [0, 1, 2].every((part) => Math.abs((one[part] as number) - (other[part] as number)) <= sameSteps);

const pixels: Record<string, number> = { '': 1, px: 1, pt: 1.33, em: 16, rem: 16, ex: 8, ch: 8, vw: 12, vh: 8, in: 96, cm: 38, '%': 10 };
/** A length in pixels, roughly; null where there is none. */
const lengthOf = (value: string | undefined): number | null => {
  const [, digits, unit = ''] = /^([+-]?\d*\.?\d+)([a-z]*|%)$/.exec(value?.trim() ?? '') ?? [];
  const one = pixels[unit];
  return digits === undefined || one === undefined ? null : Number(digits) * one;
};
const number = (value: string | undefined): number | null => {
  const [, digits, percent] = /^([+-]?\d*\.?\d+)(%?)$/.exec(value?.trim() ?? '') ?? [];
  return digits === undefined ? null : Number(digits) / (percent ? 100 : 1);
};

type Style = Record<string, string>;

/** True when an element's style hides it together with its whole content. */
const hidesAll = (style: Style): boolean => {
  if (style.display === 'none' || style['content-visibility'] === 'hidden' || number(style.zoom) === 0) return true;
  // Text that fades in becomes visible in the end.
  const fades = Object.keys(style).some((name) => /^(?:transition|animation)/.test(name));
  const faint = (value: string | undefined): boolean => (number(value) ?? 1) <= unseenShare / 2 && !fades;
  if (faint(style.opacity) || faint(/\bopacity\(([^()]*)\)/.exec(style.filter ?? '')?.[1])) return true;
  if (Math.abs(lengthOf(style['text-indent']) ?? 0) >= 900) return true;
  const away = (value: string | undefined): boolean => (lengthOf(value) ?? 0) <= (value?.trim().endsWith('%') ? -1000 : -500);
  if (/absolute|fixed|relative|sticky/.test(style.position ?? '')) {
    if ([style.left, style.top, style.right, style.bottom].some(away)) return true;
    if (/^rect\(\s*[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?\s*\)$/.test(style.clip ?? '')) return true;
  }
  const margins = [style['margin-left'], style['margin-top'], ...(style.margin ?? '').split(/\s+/)];
  if (margins.some((margin) => (lengthOf(margin) ?? 0) <= -900)) return true;
  const [, moved = ''] = /\btranslate(?:x|y|3d)?\(([^()]*)\)/.exec(style.transform ?? '') ?? [];
  if (moved.split(',').some((part) => !part.trim().endsWith('%') && Math.abs(lengthOf(part) ?? 0) >= 900)) return true;
  if (Math.abs(number(/\bscale(?:x|y|3d)?\(\s*([^(),]*)/.exec(style.transform ?? '')?.[1]) ?? 1) <= 0.01) return true;
  const path = style['clip-path'] ?? '';
  if (/^inset\(\s*(?:[5-9]\d|100)%|^circle\(\s*0(?:px|%)?\s*(?:\)|at)/.test(path)) return true;
  if (/^polygon\((?:\s*0(?:px|%)?\s+0(?:px|%)?\s*,?)+\)$/.test(path)) return true;
  const empty = (value: string | undefined): boolean => !value?.includes('%') && (lengthOf(value) ?? 2) <= 1;
  const cut = /hidden|clip/.test([style.overflow, style['overflow-x'], style['overflow-y']].join(' '));
  return cut && (lengthOf(style['line-height']) === 0 || [style.height, style.width, style['max-height'], style['max-width']].some(empty));
};

/** True when the letters are too small to be read; null where their size is not given. */
const isTiny = (style: Style): boolean | null => {
  const size = style['font-size'] ?? /(?:^|\s)(\d*\.?\d+(?:px|pt|em|rem|%)?)(?:\s*\/|\s)/.exec(style.font ?? '')?.[1];
  const value = lengthOf(size);
  if (size === undefined || value === null) return null;
  return value === 0 || (/(?:px|pt)$/.test(size) ? value <= 1.4 : value <= (size.endsWith('%') ? 100 : 1.6));
};

interface Place {
  /** Hidden by a property that its content cannot undo. */
  gone: boolean;
  invisible: boolean;
  /** In letters too small to be read. */
  tiny: boolean;
  ink: Colour | null;
  paper: Colour | null;
  variables: Style;
}

/** How many of the surrounding elements are checked. */
const mostAround = 32;

/**
 * Decides at each place of a page if a reader sees its text: `hidden`, and styles of the element and of the page's own sheets that
 * show nothing, push it off the page, or paint it in nearly the colour of its background. Only the page itself is judged.
 */
export const createHiddenness = (html: string) => {
  const rulesFor = readStyleSheets(html);
  const elements: Styled[] = [];
  const places: Place[] = [{ gone: false, invisible: false, tiny: false, ink: [0, 0, 0, 1], paper: [255, 255, 255, 1], variables: {} }];

  const placeOf = (above: Place, declared: Style, attributes: Readonly<Record<string, string>>, name: string): Place => {
    const own = Object.entries(declared).filter(([property]) => property.startsWith('--'));
    const variables = own.length > 0 ? { ...above.variables, ...Object.fromEntries(own) } : above.variables;
    const value = (written: string): string =>
      written.includes('var(')
        ? written
            .replace(/var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)/g, (_, variable: string, other?: string) => variables[variable] ?? other ?? '')
            .trim()
        : written;
    const style: Style = Object.fromEntries(Object.entries(declared).map(([property, written]) => [property, value(written)]));
    const ownInk = style['-webkit-text-fill-color'] ?? style.color ?? (name === 'body' ? attributes.text : attributes.color)?.toLowerCase();
    const ownPaper = style['background-color'] ?? style.background ?? attributes.bgcolor?.toLowerCase();
    const paper = ownPaper === undefined ? above.paper : colour(ownPaper);
    const isPicture = /url\(|gradient\(/.test(`${style['background-image'] ?? ''} ${style.background ?? ''}`);
    return {
      gone:
        above.gone ||
        (attributes.hidden !== undefined && style.display === undefined) ||
        attributes.popover !== undefined ||
        hidesAll(style),
      invisible: style.visibility === undefined ? above.invisible : /hidden|collapse/.test(style.visibility),
      tiny: isTiny(style) ?? above.tiny,
      ink: ownInk === undefined || ownInk === 'inherit' || ownInk === '' ? above.ink : colour(ownInk),
      // The colour under text on a picture or on a half-transparent colour is not known.
      paper: isPicture ? null : paper && paper[3] < 1 ? (paper[3] === 0 ? above.paper : null) : paper,
      variables,
    };
  };
  // A page without its outermost element gets one.
  const root: Styled = { name: 'html', id: '', classes: [], attributes: {} };
  places[0] = placeOf(places[0] as Place, merged(rulesFor([root])), {}, 'html');

  return {
    open: (name: string, attributes: Record<string, string>): void => {
      const classes = attributes.class === undefined ? [] : attributes.class.toLowerCase().split(/\s+/).filter(Boolean);
      elements.push({ name, id: (attributes.id ?? '').toLowerCase(), classes, attributes });
      const declared = [...rulesFor(elements.slice(-mostAround)), readDeclarations(attributes.style ?? '')];
      places.push(placeOf(places.at(-1) as Place, merged(declared), attributes, name));
    },
    close: (): void => {
      if (places.length > 1) places.pop();
      elements.pop();
    },
    isHidden: (): boolean => {
      const { gone, invisible, tiny, ink, paper } = places.at(-1) as Place;
      return gone || invisible || tiny || (ink !== null && (ink[3] <= unseenShare || (paper !== null && looksLike(ink, paper))));
    },
  };
};
