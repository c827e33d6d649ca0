import { type Declarations, readDeclarations, readSigns, splitOutside, unescaped, withoutComments } from './cssText';

/** The parts of an element that rules match. */
export interface Styled {
  name: string;
  id: string;
  classes: ReadonlySet<string>;
  attributes: Readonly<Record<string, string>>;
}

/** Limits on how much of the style sheets is read. */
const mostSheetLength = 500_000;
const mostRules = 5_000;
const mostOfOneKey = 100;
const mostParts = 6;
const mostAlternatives = 20;
const longestSelector = 1_000;
/** Blocks nested deeper than this are skipped. */
const mostNesting = 32;
/** How many characters of an attribute are matched against a pattern. */
const longestAttribute = 1_000;
/** Rules without any of these properties are not kept. */
const judgedProperties =
  /(?:^|[;\s])(?:--[\w-]+|display|visibility|opacity|color|background(?:-color|-image|-clip)?|font(?:-size)?|position|inset(?:-[a-z-]+)?|left|top|right|bottom|margin(?:-left|-top|-inline-start)?|text-indent|letter-spacing|clip(?:-path)?|overflow(?:-[xy])?|(?:max-)?(?:height|width|block-size|inline-size)|line-height|transform|translate|scale|filter|zoom|content-visibility|-webkit-[a-z-]+)\s*:/i;

type Operator = '=' | '~=' | '^=' | '$=' | '*=' | '|=';
interface Compound {
  name: string | null;
  id: string | null;
  classes: string[];
  attributes: { name: string; operator: Operator; value: string | null }[];
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

const attributePattern = String.raw`\[[\w-]+(?:[~^$*|]?=(?:"[^"]*"|'[^']*'|[^\]"']*))?\]`;
const compoundPattern = new RegExp(String.raw`^(\*|[a-z][\w-]*)?((?:[.#][\w-]+|${attributePattern})*)$`);
const pieces = /([.#])[\w-]+|\[([\w-]+)(?:([~^$*|]?=)([^\]]*))?\]/g;

/** Parses a selector into its compounds, the last one first; null for a selector that is not judged: states, siblings. */
const readSelector = (text: string): Compound[] | null => {
  const parts = text
    .replace(/:root\b/g, 'html')
    .replace(/\s+/g, ' ')
    .replace(/ ?> ?/g, ' >')
    .trim()
    .split(' ');
  if (parts.length > mostParts) return null;
  const compounds: Compound[] = [];
  for (const part of parts) {
    const isChild = part.startsWith('>');
    const [whole, name, rest = ''] = compoundPattern.exec(isChild ? part.slice(1) : part) ?? [];
    if (whole === undefined || whole === '') return null;
    const found: Compound = { name: name && name !== '*' ? name : null, id: null, classes: [], attributes: [], isChild };
    for (const [piece, sign, attribute = '', operator = '=', value] of rest.matchAll(pieces)) {
      if (sign === '.') found.classes.push(piece.slice(1));
      else if (sign === '#') found.id = piece.slice(1);
      else {
        const bare = value === undefined ? null : value.replace(/^["']|["']$/g, '');
        found.attributes.push({ name: attribute, operator: operator as Operator, value: bare });
      }
    }
    compounds.unshift(found);
  }
  return compounds;
};

const isOrWhere = /:(?:is|where|matches|-webkit-any)\(([^()]*)\)/;
/** Expands a selector to its alternatives: `:is(.a, .b) p` is `.a p` and `.b p`. */
const alternativesOf = (selector: string): string[] => {
  let open = [selector];
  while (open.length <= mostAlternatives && open.some((one) => isOrWhere.test(one)))
    open = open.flatMap((one) => {
      const found = isOrWhere.exec(one);
      return found ? (found[1] as string).split(',').map((inside) => one.replace(found[0], () => inside.trim())) : [one];
    });
  return open.slice(0, mostAlternatives);
};

const keyOf = ({ id, classes, attributes, name }: Compound): string =>
  id !== null ? `#${id}` : classes[0] !== undefined ? `.${classes[0]}` : attributes[0] ? `[${attributes[0].name}` : (name ?? '*');

/** Nearly every screen lies between these sizes, in pixels. */
const everyScreen = { least: 320, most: 4_000 };
const holdsAlways = (condition: string): boolean => {
  const [, bound, size = ''] = /^\(\s*(min|max)-(?:device-)?(?:width|height)\s*:\s*([\d.]+)(?:px)?\s*\)$/.exec(condition) ?? [];
  if (bound) return bound === 'min' ? Number(size) <= everyScreen.least : Number(size) >= everyScreen.most;
  return /^(?:only |not (?=print))?(?:screen|all|print)$/.test(condition) && !/^(?:only )?print$/.test(condition);
};
/** True when a media query applies on nearly every screen. Other conditions are not judged. */
const holdsOnScreens = (query: string): boolean =>
  query
    .replace(/\s+/g, ' ')
    .split(',')
    .some((one) => one.split(' and ').every((condition) => holdsAlways(condition.trim())));

/** True when the rules of a block apply to a person who looks at the page. */
const holdsOnScreen = (prelude: string): boolean =>
  /^@supports\b(?!\s+not\b)|^@layer\b/.test(prelude) || (prelude.startsWith('@media') && holdsOnScreens(prelude.slice(6)));

const fits = (held: string, operator: Operator, value: string): boolean => {
  switch (operator) {
    case '=':
      return held === value;
    case '~=':
      return held.split(/\s+/).includes(value);
    case '^=':
      return value !== '' && held.startsWith(value);
    case '$=':
      return value !== '' && held.endsWith(value);
    case '*=':
      return value !== '' && held.includes(value);
    case '|=':
      return held === value || held.startsWith(`${value}-`);
  }
};
const matches = (compound: Compound, element: Styled): boolean =>
  (compound.name === null || compound.name === element.name) &&
  (compound.id === null || compound.id === element.id) &&
  compound.classes.every((one) => element.classes.has(one)) &&
  compound.attributes.every(({ name, operator, value }) => {
    const held = Object.hasOwn(element.attributes, name) ? element.attributes[name] : undefined;
    return held !== undefined && (value === null || fits(held.slice(0, longestAttribute).toLowerCase(), operator, value));
  });

/** The style sheets of a page that apply to screens; one without a closing tag is left out. */
const sheetsOf = (html: string): string[] => {
  const sheets: string[] = [];
  const opening = /<style(?=[\s/>])/gi;
  const closing = /<\/style/gi;
  for (let found = opening.exec(html); found; found = opening.exec(html)) {
    const from = html.indexOf('>', opening.lastIndex) + 1;
    closing.lastIndex = from;
    const close = from === 0 ? undefined : closing.exec(html)?.index;
    if (close === undefined) break;
    const media = /(?<![\w-])media\s*=\s*["']?([^"'>]*)/i.exec(html.slice(opening.lastIndex, Math.min(from, opening.lastIndex + 500)))?.[1];
    if (close - from <= mostSheetLength && (!media?.trim() || holdsOnScreens(media.toLowerCase()))) sheets.push(html.slice(from, close));
    opening.lastIndex = close;
  }
  return sheets;
};

/** The selector of a rule within a rule: `&` is the outer selector; without it the outer one comes first. */
const nestedSelector = (outer: string, inner: string): string => {
  const inners = splitOutside(inner, ',').slice(0, mostAlternatives);
  const all = splitOutside(outer, ',')
    .slice(0, mostAlternatives)
    .flatMap((above) => inners.map((one) => ({ above: above.trim(), one: one.includes('&') ? one : `& ${one}` })));
  return all
    .filter(({ above, one }) => one.length + above.length * (one.split('&').length - 1) <= longestSelector)
    .map(({ above, one }) => one.replaceAll('&', () => above))
    .join(',');
};

/** Calls `onRule` with each rule of a sheet that applies to screens. */
const readRules = (sheet: string, onRule: (selector: string, declarations: string) => void): void => {
  const plain = withoutComments(sheet.replace(/<!--|-->/g, ' '));
  const open: ({ kind: 'block' } | { kind: 'skipped' } | { kind: 'rule'; selector: string; own: string[] })[] = [];
  let from = 0;
  readSigns(plain, (sign, at) => {
    if (sign !== ';' && sign !== '{' && sign !== '}') return;
    const inside = open.at(-1);
    if (sign === '{') {
      const prelude = plain.slice(from, at).trim();
      const outer = open.findLast((one) => one.kind !== 'block');
      if (outer?.kind === 'skipped' || open.length >= mostNesting) open.push({ kind: 'skipped' });
      else if (prelude.startsWith('@')) open.push({ kind: holdsOnScreen(prelude.toLowerCase()) ? 'block' : 'skipped' });
      else open.push({ kind: 'rule', selector: outer?.kind === 'rule' ? nestedSelector(outer.selector, prelude) : prelude, own: [] });
    } else {
      const rule = open.findLast((one) => one.kind !== 'block');
      if (rule?.kind === 'rule' && inside?.kind !== 'skipped') rule.own.push(plain.slice(from, at));
      if (sign === '}') {
        const closed = open.pop();
        if (closed?.kind === 'rule') onRule(closed.selector, closed.own.join(';'));
      }
    }
    from = at + 1;
  });
};

/**
 * Reads the rules of a page's own sheets. Returns a function from an element, given with the elements around it, the innermost
 * last, to the declarations that apply to it.
 */
export const readStyleSheets = (html: string): ((elements: readonly Styled[]) => Declarations[]) => {
  const rules = new Map<string, Rule[]>();
  let count = 0;
  const add = (selectors: string, text: string): void => {
    if (!judgedProperties.test(text)) return;
    const declarations = readDeclarations(text);
    const judged = splitOutside(selectors, ',').filter((one) => one.length <= longestSelector);
    for (const selector of judged.flatMap((one) => alternativesOf(unescaped(one).toLowerCase()))) {
      const compounds = count < mostRules ? readSelector(selector) : null;
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
  for (const sheet of sheetsOf(html)) readRules(sheet, add);

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
    const found: Rule[] = [];
    const look = (key: string): void => {
      for (const rule of rules.get(key) ?? [])
        if (matches(rule.compounds[0] as Compound, element) && isWithin(rule, elements)) found.push(rule);
    };
    look('*');
    look(element.name);
    look(`#${element.id}`);
    for (const one of element.classes) look(`.${one}`);
    for (const one of Object.keys(element.attributes)) look(`[${one}`);
    return found.sort((a, b) => a.specificity - b.specificity || a.order - b.order).map(({ declarations }) => declarations);
  };
};
