/** Named colours in which text is often hidden, and those often used as its background. */
const named: Record<string, string> = {
  white: '#fff',
  canvas: '#fff',
  window: '#fff',
  black: '#000',
  canvastext: '#000',
  windowtext: '#000',
  snow: '#fffafa',
  ivory: '#fffff0',
  floralwhite: '#fffaf0',
  ghostwhite: '#f8f8ff',
  mintcream: '#f5fffa',
  azure: '#f0ffff',
  aliceblue: '#f0f8ff',
  honeydew: '#f0fff0',
  seashell: '#fff5ee',
  lavenderblush: '#fff0f5',
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
export type Colour = readonly [number, number, number, number];

const fromHsl = (hue: number, saturation: number, lightness: number): [number, number, number] => {
  const part = (n: number): number => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (lightness - saturation * Math.min(lightness, 1 - lightness) * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
};
const fromHwb = (hue: number, white: number, black: number): [number, number, number] => {
  const scale = Math.max(1, white + black);
  const pure = fromHsl(hue, 1, 0.5);
  return pure.map((part) => Math.round(part * (1 - (white + black) / scale) + (255 * white) / scale)) as [number, number, number];
};

/** Parses a CSS colour; null for a form that is not compared. */
export const colourOf = (value: string | undefined): Colour | null => {
  const text = (value ?? '').trim();
  if (text === 'transparent') return [0, 0, 0, 0];
  const hex = /^#([\da-f]{3,4}|[\da-f]{6}|[\da-f]{8})$/.exec(Object.hasOwn(named, text) ? (named[text] as string) : text)?.[1];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    const [red = 0, green = 0, blue = 0, alpha = 255] = digits.map((digit) => Number.parseInt(digit, 16));
    return [red, green, blue, alpha / 255];
  }
  const [, kind, inside = ''] = /^(rgba?|hsla?|hwb|(?:ok)?l(?:ab|ch)|color)\(([^()]{1,100})\)$/.exec(text) ?? [];
  const parts = inside.split(/[\s,/]+/).filter((part) => part !== '' && !/^(?:srgb|display-p3)$/.test(part));
  const numbers = parts.map((part) => (part === 'none' ? 0 : Number.parseFloat(part) / (part.endsWith('%') ? 100 : 1)));
  const [first, second, third, alpha = 1] = numbers;
  if (!kind || first === undefined || second === undefined || third === undefined || numbers.some(Number.isNaN)) return null;
  const hue = ((first % 360) + 360) % 360;
  if (kind.startsWith('hsl')) return [...fromHsl(hue, second, third), alpha];
  if (kind === 'hwb') return [...fromHwb(hue, second, third), alpha];
  if (/^(?:ok)?l/.test(kind)) {
    // Only the ends of the scale are compared: there every colour is white or black.
    const light = kind.startsWith('ok') || parts[0]?.endsWith('%') ? first : first / 100;
    return light >= 0.98 ? [255, 255, 255, alpha] : light <= 0.02 ? [0, 0, 0, alpha] : null;
  }
  const scale = kind === 'color' || parts[0]?.endsWith('%') ? 255 : 1;
  return [first * scale, second * scale, third * scale, alpha];
};

/** The greatest difference in red, green or blue at which two colours look the same. */
const sameSteps = 16;
/** True when a reader cannot tell two colours apart. */
export const looksLike = (one: Colour, other: Colour): boolean =>
  [0, 1, 2].every((part) => Math.abs((one[part] as number) - (other[part] as number)) <= sameSteps);

const pixels: Record<string, number> = {
  '': 1,
  px: 1,
  pt: 1.33,
  pc: 16,
  q: 1,
  mm: 3.8,
  cm: 38,
  in: 96,
  em: 16,
  rem: 16,
  ex: 8,
  ch: 8,
  ic: 16,
  cap: 11,
  lh: 20,
  rlh: 20,
  vw: 12,
  vi: 12,
  vmax: 12,
  vh: 8,
  vb: 8,
  vmin: 8,
  '%': 10,
};
const numberPattern = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`;
const lengthPattern = new RegExp(`^(${numberPattern})([a-z]*|%)$`);
const numberOnly = new RegExp(`^(${numberPattern})(%?)$`);
const term = new RegExp(`\\s*([+-])?\\s*(${numberPattern})([a-z]+|%)?\\s*`, 'y');

/** The value of a sum inside `calc()`; null for any other expression. */
const sumOf = (text: string): number | null => {
  let sum = 0;
  for (term.lastIndex = 0; term.lastIndex < text.length; ) {
    const [, sign, digits, unit = ''] = term.exec(text) ?? [];
    const one = pixels[unit.replace(/^[sld](?=v)/, '')];
    if (digits === undefined || one === undefined) return null;
    sum += Number(digits) * one * (sign === '-' ? -1 : 1);
  }
  return sum;
};

/** Nobody writes a longer number. */
const longestNumber = 200;
/** Parses a length to pixels, roughly; null where there is none. */
export const lengthOf = (value: string | undefined): number | null => {
  const text = value?.trim() ?? '';
  if (text.length > longestNumber) return null;
  const sum = /^(?:-webkit-)?calc\(([^()]*)\)$/.exec(text)?.[1];
  if (sum !== undefined) return sumOf(sum);
  const choice = /^(min|max|clamp)\(([^()]*)\)$/.exec(text);
  if (choice) {
    const [first, second = null, third = null] = (choice[2] as string).split(',').map(sumOf);
    if (first === undefined || first === null || second === null) return null;
    if (choice[1] === 'clamp') return third === null ? null : Math.max(first, Math.min(second, third));
    return choice[1] === 'min' ? Math.min(first, second, third ?? second) : Math.max(first, second, third ?? second);
  }
  const [, digits, unit = ''] = lengthPattern.exec(text) ?? [];
  const one = pixels[unit.replace(/^[sld](?=v)/, '')];
  return digits === undefined || one === undefined ? null : Number(digits) * one;
};

/** Parses a number or a percentage, which counts as a share of 1; null where there is none. */
export const numberOf = (value: string | undefined): number | null => {
  const text = value?.trim() ?? '';
  const sum = /^calc\(([^()]*)\)$/.exec(text.slice(0, longestNumber))?.[1];
  if (sum !== undefined) return sumOf(sum);
  const [, digits, percent] = numberOnly.exec(text) ?? [];
  return digits === undefined ? null : Number(digits) / (percent ? 100 : 1);
};
