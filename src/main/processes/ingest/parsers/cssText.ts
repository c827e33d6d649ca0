/** The declarations of one rule or of one element's own style, by property; the strong ones are `!important`. */
export interface Declarations {
  values: Record<string, string>;
  strong: ReadonlySet<string>;
}
const noDeclarations: Declarations = { values: {}, strong: new Set() };

/** Resolves escapes in names: `d\69splay` is `display`. */
export const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([\da-f]{1,6})\s?|\\(.)/gi, (_, code?: string, sign?: string) => {
        const value = code ? Number.parseInt(code, 16) : 0;
        return sign ?? (value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : ' ');
      })
    : text;

/** The position after the string that begins with the quote at `at`. The end of a line closes a string without an end. */
const endOfString = (text: string, at: number): number => {
  const quote = text[at];
  for (let next = at + 1; next < text.length; next += 1) {
    if (text[next] === '\\') next += 1;
    else if (text[next] === quote || text[next] === '\n') return next + 1;
  }
  return text.length;
};

/** Calls `onSign` for each character outside strings, with its position. One pass, also where strings are left open. */
export const readSigns = (text: string, onSign: (sign: string, at: number) => void): void => {
  for (let at = 0; at < text.length; ) {
    const sign = text[at] as string;
    if (sign === '"' || sign === "'") at = endOfString(text, at);
    else {
      if (sign !== '\\') onSign(sign, at);
      at += sign === '\\' ? 2 : 1;
    }
  }
};

/** Removes the comments of a style sheet; an open comment goes to the end. */
export const withoutComments = (text: string): string => {
  if (!text.includes('/*')) return text;
  const kept: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; ) {
    if (text[at] === '"' || text[at] === "'") at = endOfString(text, at);
    else if (text[at] === '/' && text[at + 1] === '*') {
      kept.push(text.slice(from, at));
      const close = text.indexOf('*/', at + 2);
      at = close < 0 ? text.length : close + 2;
      from = at;
    } else at += 1;
  }
  kept.push(text.slice(from));
  return kept.join('');
};

/** Splits a text at the separators outside strings and brackets. */
export const splitOutside = (text: string, separator: string): string[] => {
  if (!/["'()\\]/.test(text)) return text.split(separator);
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  readSigns(text, (sign, at) => {
    if (sign === '(') depth += 1;
    else if (sign === ')') depth = Math.max(0, depth - 1);
    else if (sign === separator && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  });
  parts.push(text.slice(from));
  return parts;
};

const everywhere = 'inherit|initial|unset|revert|revert-layer';
const computed = String.raw`[\s\S]*\([\s\S]*`;
const amount = String.raw`[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?`;
const length = String.raw`${amount}(?:[a-z]+|%)|[+-]?0+(?:\.0*)?`;
const valid = (...forms: string[]): RegExp => new RegExp(`^(?:${[everywhere, computed, ...forms].join('|')})$`);
const lengths = valid(
  length,
  'auto|normal|none|(?:min|max|fit)-content|(?:xx?-)?(?:small|large)|medium|xxx-large|smaller|larger|stretch|-[a-z]+-[a-z-]+',
);
/** Values that a browser accepts; after any other value the earlier declaration stays in force. */
const taken: Record<string, RegExp> = {
  display: valid(
    '(?:none|block|inline|contents|list-item|flow|flow-root|flex|grid|run-in|math|ruby[a-z-]*|table[a-z-]*|inline-[a-z]+|-[a-z]+-[a-z-]+)(?: [a-z -]+)?',
  ),
  visibility: valid('visible|hidden|collapse'),
  opacity: valid(`${amount}%?`),
  zoom: valid(`${amount}%?|normal|reset`),
  position: valid('static|relative|absolute|fixed|sticky|-webkit-sticky'),
  ...Object.fromEntries(
    'left top right bottom font-size text-indent height width max-height max-width margin-left margin-top letter-spacing'
      .split(' ')
      .map((name) => [name, lengths]),
  ),
};

/** Reads `a: b; c: d`. The last valid declaration of a property counts, unless an earlier one is strong. */
export const readDeclarations = (text: string): Declarations => {
  if (!text.includes(':')) return noDeclarations;
  const values: Record<string, string> = {};
  const strong = new Set<string>();
  for (const part of splitOutside(withoutComments(text), ';')) {
    const colon = part.indexOf(':');
    if (colon <= 0) continue;
    const name = unescaped(part.slice(0, colon)).trim().toLowerCase();
    const written = unescaped(part.slice(colon + 1))
      .toLowerCase()
      .trim();
    const value = written.replace(/!\s*important$/, '').trim();
    const isStrong = value.length < written.length;
    if ((strong.has(name) && !isStrong) || (Object.hasOwn(taken, name) && !taken[name]?.test(value))) continue;
    values[name] = value;
    if (isStrong) strong.add(name);
  }
  return { values, strong };
};

/** Merges declarations; the weakest come first. */
export const merged = (all: readonly Declarations[]): Record<string, string> => {
  if (all.length < 2) return all[0]?.values ?? {};
  const values: Record<string, string> = {};
  const strong = new Set<string>();
  for (const one of all)
    for (const [name, value] of Object.entries(one.values)) {
      const isStrong = one.strong.has(name);
      if (strong.has(name) && !isStrong) continue;
      values[name] = value;
      if (isStrong) strong.add(name);
    }
  return values;
};
