import { merged, readDeclarations } from './cssText';
import { hidesAll, inkOf, isUnseen, type Paint, paperOf, type Style, sizeOfLetters, tinySize } from './hidingStyles';
import { readStyleSheets, type Styled } from './styleSheets';

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
        const codes = Array.from(found, (letter) => (letter.codePointAt(0) ?? 0) - 0xe0000);
        const letters = codes.map((code) => (code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '')).join('');
        return letters === '' ? '' : ` ${hiddenMarks.open}${withoutMarks(letters)}${hiddenMarks.close} `;
      })
    : text;

interface Scope {
  variables: Style;
  above: Scope | null;
}
interface Place {
  /** Hidden by a property that its content cannot undo. */
  gone: boolean;
  invisible: boolean;
  /** Size of the letters in pixels. */
  size: number;
  ink: Paint;
  paper: Paint;
  scope: Scope;
}

/** How many of the surrounding elements are checked. */
const mostAround = 32;
/** How many times variables within variables are resolved, and the lengths beyond which a value is no style that hides. */
const variableBounds = { rounds: 4, length: 200, whole: 2_000 };
const variablePattern = /var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)/g;

const variableOf = (scope: Scope, name: string): string | undefined => {
  for (let at: Scope | null = scope; at; at = at.above)
    if (Object.hasOwn(at.variables, name)) {
      const value = at.variables[name] as string;
      return value.length > variableBounds.length ? '' : value;
    }
  return undefined;
};
const withVariables = (written: string, scope: Scope): string => {
  let value = written;
  for (let round = 0; round < variableBounds.rounds && value.length <= variableBounds.whole && value.includes('var('); round += 1)
    value = value.replace(variablePattern, (_, name: string, other?: string) => variableOf(scope, name) ?? other ?? '').trim();
  return value;
};

const placeOf = (above: Place, declared: Style, attributes: Readonly<Record<string, string>>, name: string): Place => {
  const own = Object.entries(declared).filter(([property]) => property.startsWith('--'));
  const scope = own.length > 0 ? { variables: Object.fromEntries(own), above: above.scope } : above.scope;
  const style: Style = Object.values(declared).some((written) => written.includes('var('))
    ? Object.fromEntries(
        Object.entries(declared).map(([property, written]) => [
          property,
          written.includes('var(') ? withVariables(written, scope) : written,
        ]),
      )
    : declared;
  const { hidden, popover, bgcolor } = attributes;
  const ink = inkOf(style, name === 'body' ? attributes.text : attributes.color, above.ink);
  const isShown = /^(?:inherit|unset|revert(?:-layer)?)$/.test(style.visibility ?? '') ? undefined : style.visibility;
  return {
    gone: above.gone || ((hidden !== undefined || popover !== undefined) && style.display === undefined) || hidesAll(style),
    invisible: isShown === undefined ? above.invisible : /hidden|collapse/.test(isShown),
    size: sizeOfLetters(style, above.size),
    ink,
    paper: paperOf(style, bgcolor, above.paper, ink),
    scope,
  };
};

const judgedAttributes = ['hidden', 'popover', 'bgcolor', 'color', 'text'];

/**
 * Decides at each place of a page if a reader sees its text: `hidden`, and styles of the element and of the page's own sheets that
 * show nothing, push it off the page, or paint it in nearly the colour of its background. Only the page itself is judged.
 */
export const createHiddenness = (html: string) => {
  const rulesFor = readStyleSheets(html);
  const elements: Styled[] = [];
  const scope: Scope = { variables: {}, above: null };
  const bare: Place = { gone: false, invisible: false, size: 16, ink: [0, 0, 0, 1], paper: [255, 255, 255, 1], scope };
  // A page without its outermost element gets one.
  const root: Styled = { name: 'html', id: '', classes: new Set(), attributes: {} };
  const places: Place[] = [placeOf(bare, merged(rulesFor([root])), {}, 'html')];

  return {
    open: (name: string, attributes: Record<string, string>): void => {
      const classes = new Set(attributes.class?.toLowerCase().split(/\s+/).filter(Boolean));
      elements.push({ name, id: (attributes.id ?? '').toLowerCase(), classes, attributes });
      const declared = merged([...rulesFor(elements.slice(-mostAround)), readDeclarations(attributes.style ?? '')]);
      const above = places.at(-1) as Place;
      const isPlain = Object.keys(declared).length === 0 && !judgedAttributes.some((one) => attributes[one] !== undefined);
      places.push(isPlain ? above : placeOf(above, declared, attributes, name));
    },
    close: (): void => {
      if (places.length > 1) places.pop();
      elements.pop();
    },
    isHidden: (): boolean => {
      const { gone, invisible, size, ink, paper } = places.at(-1) as Place;
      return gone || invisible || size <= tinySize || isUnseen(ink, paper);
    },
  };
};
