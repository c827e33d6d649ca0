/** The declarations of one rule or of one element's own style, by property; the strong ones are `!important`. */
export interface Declarations {
  values: Record<string, string>;
  strong: ReadonlySet<string>;
}
const noDeclarations: Declarations = { values: {}, strong: new Set() };

/** The parts of an element that rules match. */
export interface Styled {
  name: string;
  id: string;
  classes: readonly string[];
  attributes: Readonly<Record<string, string>>;
}

/** Resolves escapes in names: `d\69splay` is `display`. */
const unescaped = (text: string): string =>
  text.includes('\\')
    ? text.replace(/\\([\da-f]{1,6})\s?|\\(.)/gi, (_, code?: string, sign?: string) => {
        const value = code ? Number.parseInt(code, 16) : 0;
        return sign ?? (value > 0 && value <= 0x10ffff ? String.fromCodePoint(value) : ' ');
      })
    : text;
const withoutComments = (text: string): string => text.replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, '').replace(/<!--|-->/g, ' ');

/** Reads `a: b; c: d`. The last declaration of a property counts, unless an earlier one is strong. */
export const readDeclarations = (text: string): Declarations => {
  if (!text.includes(':')) return noDeclarations;
  const values: Record<string, string> = {};
  const strong = new Set<string>();
  for (const part of withoutComments(text).split(';')) {
    const colon = part.indexOf(':');
    if (colon <= 0) continue;
    const name = unescaped(part.slice(0, colon)).trim().toLowerCase();
    const written = unescaped(part.slice(colon + 1)).toLowerCase();
    const value = written.replace(/!\s*important/, '').trim();
    const isStrong = value.length < written.trim().length;
    if (strong.has(name) && !isStrong) continue;
    values[name] = value;
    if (isStrong) strong.add(name);
  }
  return { values, strong };
};

/** Limits on how much of the style sheets is read. */
const mostSheetLength = 500_000;
const mostRules = 5_000;
const mostOfOneKey = 100;
const mostParts = 6;
/** Rules without any of these properties are not kept. */
const judgedProperties =
  /(?:^|[;\s])(?:--[\w-]+|display|visibility|opacity|color|background(?:-color|-image)?|font(?:-size)?|position|left|top|right|bottom|margin(?:-left|-top)?|text-indent|clip(?:-path)?|overflow(?:-[xy])?|(?:max-)?(?:height|width)|line-height|transform|filter|zoom|content-visibility|-webkit-text-fill-color)\s*:/i;

interface Compound {
  name: string | null;
  id: string | null;
  classes: string[];
  attributes: [name: string, value: string | null][];
  /** The combinator to the compound before it: true for child, false for descendant. */
  isChild: boolean;
}
interface Rule {
  /** The last compound first. */
  compounds: Compound[];
  specificity: number;
  order: number;
  declarations: Declarations;
}

const compoundPattern = /^(\*|[a-z][\w-]*)?((?:[.#][\w-]+|\[[\w-]+(?:=(?:"[^"]*"|'[^']*'|[^\]"'~^$*|]*))?\])*)$/;

/**
 * Parses a selector into its compounds, the last one first; null for a selector that is not judged: states, siblings, most
 * patterns.
 */
const readSelector = (text: string): Compound[] | null => {
  const parts = text
    .replace(/:root\b/g, 'html')
    .trim()
    .replace(/\s*>\s*/g, ' >')
    .split(/\s+/);
  if (parts.length > mostParts) return null;
  const compounds: Compound[] = [];
  for (const part of parts) {
    const isChild = part.startsWith('>');
    const [whole, name, rest = ''] = compoundPattern.exec(isChild ? part.slice(1) : part) ?? [];
    if (whole === undefined || whole === '') return null;
    const found: Compound = { name: name && name !== '*' ? name : null, id: null, classes: [], attributes: [], isChild };
    for (const [piece, sign, attribute] of rest.matchAll(/([.#])[\w-]+|\[([^\]]+)\]/g)) {
      if (sign === '.') found.classes.push(piece.slice(1));
      else if (sign === '#') found.id = piece.slice(1);
      else {
        const [key = '', value] = (attribute ?? '').split('=');
        found.attributes.push([key, value === undefined ? null : value.replace(/^["']|["']$/g, '')]);
      }
    }
    compounds.unshift(found);
  }
  return compounds;
};

const keyOf = ({ id, classes, attributes, name }: Compound): string =>
  id !== null ? `#${id}` : classes[0] !== undefined ? `.${classes[0]}` : attributes[0] ? `[${attributes[0][0]}` : (name ?? '*');

/** True when the rules of a block apply to a person who looks at the page. Conditions of size and the like are not judged. */
const holdsOnScreen = (prelude: string): boolean =>
  /^@(?:supports|layer)\b/.test(prelude) || /^@media\s+(?:only\s+)?(?:screen|all)\s*$/.test(prelude);

const matches = (compound: Compound, element: Styled): boolean =>
  (compound.name === null || compound.name === element.name) &&
  (compound.id === null || compound.id === element.id) &&
  compound.classes.every((one) => element.classes.includes(one)) &&
  compound.attributes.every(([key, value]) => key in element.attributes && (value === null || element.attributes[key] === value));

/** The style sheets of a page; one without a closing tag is left out. */
const sheetsOf = (html: string): string[] => {
  const sheets: string[] = [];
  const opening = /<style\b[^>]*>/gi;
  const closing = /<\/style/gi;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const from = opening.lastIndex;
    closing.lastIndex = from;
    const close = closing.exec(html)?.index;
    if (close === undefined) break;
    if (close - from <= mostSheetLength) sheets.push(html.slice(from, close));
    opening.lastIndex = close;
  }
  return sheets;
};

/**
 * Reads the rules of a page's own sheets. Returns a function from an element, given with the elements around it, the innermost
 * last, to the declarations that apply to it.
 */
export const readStyleSheets = (html: string): ((elements: readonly Styled[]) => Declarations[]) => {
  const rules = new Map<string, Rule[]>();
  let count = 0;
  const add = (selector: string, text: string): void => {
    if (!judgedProperties.test(text)) return;
    const declarations = readDeclarations(text);
    for (const single of selector.split(',')) {
      const compounds = count < mostRules ? readSelector(unescaped(single).toLowerCase()) : null;
      const last = compounds?.[0];
      if (!compounds || !last) continue;
      const specificity = compounds.reduce(
        (sum, { id, classes, attributes, name }) =>
          sum + (id === null ? 0 : 10_000) + 100 * (classes.length + attributes.length) + (name === null ? 0 : 1),
        0,
      );
      const key = keyOf(last);
      const same = rules.get(key) ?? [];
      if (same.length >= mostOfOneKey) continue;
      rules.set(key, [...same, { compounds, specificity, order: count, declarations }]);
      count += 1;
    }
  };
  for (const sheet of sheetsOf(html)) {
    const plain = withoutComments(sheet);
    const open: ('block' | 'skipped' | { selector: string; from: number })[] = [];
    let from = 0;
    for (let at = 0; at < plain.length; at += 1) {
      const sign = plain[at];
      if (sign === ';' && open.every((one) => one === 'block')) from = at + 1;
      else if (sign === '{') {
        const prelude = plain.slice(from, at).trim();
        const inside = open.at(-1);
        if (inside !== undefined && inside !== 'block') open.push('skipped');
        else if (prelude.startsWith('@')) open.push(holdsOnScreen(prelude.toLowerCase()) ? 'block' : 'skipped');
        else open.push({ selector: prelude, from: at + 1 });
        from = at + 1;
      } else if (sign === '}') {
        const closed = open.pop();
        if (typeof closed === 'object') add(closed.selector, plain.slice(closed.from, at));
        from = at + 1;
      }
    }
  }

  /** True when elements around this one match the compounds from the second on. */
  const isWithin = ({ compounds }: Rule, elements: readonly Styled[]): boolean => {
    let at = elements.length - 1;
    for (let next = 1; next < compounds.length; next += 1) {
      const wanted = compounds[next] as Compound;
      at -= 1;
      if ((compounds[next - 1] as Compound).isChild) {
        if (at < 0 || !matches(wanted, elements[at] as Styled)) return false;
      } else {
        while (at >= 0 && !matches(wanted, elements[at] as Styled)) at -= 1;
        if (at < 0) return false;
      }
    }
    return true;
  };
  return (elements) => {
    const element = elements.at(-1);
    if (!element || rules.size === 0) return [];
    const keys = [
      '*',
      element.name,
      `#${element.id}`,
      ...element.classes.map((one) => `.${one}`),
      ...Object.keys(element.attributes).map((one) => `[${one}`),
    ];
    return keys
      .flatMap((key) => rules.get(key) ?? [])
      .filter((rule) => matches(rule.compounds[0] as Compound, element) && isWithin(rule, elements))
      .sort((a, b) => a.specificity - b.specificity || a.order - b.order)
      .map(({ declarations }) => declarations);
  };
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
