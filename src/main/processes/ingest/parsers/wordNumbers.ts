import { type NumberForm, numberText } from './listNumbers';
import { allOf, attributeOf, descend, elementsOf, isOn, type XmlDocument, type XmlElement } from './wordXml';

interface Level {
  form: string;
  text: string;
  start: number;
  /** The level (from 1) whose number lets this one begin again; 0 for none. */
  restart: number | null;
  legal: boolean;
  suffix: string;
  style: string | undefined;
}
interface Definition {
  levels: Map<number, Level>;
  link: string | undefined;
}
interface Numbering {
  definition: string;
  overrides: Map<number, Level>;
  starts: Map<number, number>;
}
interface Style {
  basedOn: string | undefined;
  numId: string | undefined;
  level: number | undefined;
}

const numberOr = <Other>(text: string | undefined, other: Other): number | Other =>
  text !== undefined && /^-?\d{1,9}$/.test(text.trim()) ? Number(text) : other;

const readLevel = (element: XmlElement): Level => {
  const of = (name: string): string | undefined => attributeOf(descend(element, name));
  return {
    form: of('w:numFmt') ?? 'decimal',
    text: of('w:lvlText') ?? '',
    start: numberOr(of('w:start'), 0),
    restart: numberOr(of('w:lvlRestart'), null),
    legal: isOn(descend(element, 'w:isLgl')),
    suffix: of('w:suff') === 'nothing' ? '' : ' ',
    style: of('w:pStyle'),
  };
};
const levelsOf = (element: XmlElement): Map<number, Level> =>
  new Map(allOf(element, new Set(['w:lvl'])).map((level) => [numberOr(attributeOf(level, 'w:ilvl'), 0), readLevel(level)]));

const readDefinitions = (numbering: XmlDocument | null) => {
  const definitions = new Map<string, Definition>();
  const numberings = new Map<string, Numbering>();
  for (const element of numbering ? allOf(numbering, new Set(['w:abstractNum', 'w:num'])) : [])
    if (element.name === 'w:abstractNum')
      definitions.set(attributeOf(element, 'w:abstractNumId') ?? '', {
        levels: levelsOf(element),
        link: attributeOf(descend(element, 'w:numStyleLink')),
      });
    else {
      const starts = new Map<number, number>();
      for (const override of elementsOf(element).filter(({ name }) => name === 'w:lvlOverride')) {
        const start = numberOr(attributeOf(descend(override, 'w:startOverride')), null);
        if (start !== null) starts.set(numberOr(attributeOf(override, 'w:ilvl'), 0), start);
      }
      numberings.set(attributeOf(element, 'w:numId') ?? '', {
        definition: attributeOf(descend(element, 'w:abstractNumId')) ?? '',
        overrides: levelsOf(element),
        starts,
      });
    }
  return { definitions, numberings };
};

const readStyles = (styles: XmlDocument | null): { byId: Map<string, Style>; standard: string | undefined } => {
  const elements = styles ? allOf(styles, new Set(['w:style'])).filter((style) => attributeOf(style, 'w:type') !== 'character') : [];
  const standard = elements.find((style) => attributeOf(style, 'w:type') === 'paragraph' && attributeOf(style, 'w:default') === '1');
  const byId = new Map(
    elements.map((style) => {
      const properties = descend(style, 'w:pPr', 'w:numPr');
      return [
        attributeOf(style, 'w:styleId') ?? '',
        {
          basedOn: attributeOf(descend(style, 'w:basedOn')),
          numId: attributeOf(descend(properties, 'w:numId')),
          level: numberOr(attributeOf(descend(properties, 'w:ilvl')), undefined),
        },
      ];
    }),
  );
  return { byId, standard: attributeOf(standard, 'w:styleId') };
};

/** The number of a paragraph as Word writes it. */
export interface ParagraphNumber {
  /** With the space after it; empty for a bullet. */
  text: string;
  bullet: boolean;
  numId: string;
  level: number;
}

/** How many styles a style is followed through. */
const mostStyles = 20;

/**
 * Counts the automatic numbers of a Word document (ECMA-376 part 1, 17.9): returns a function that is asked once for each paragraph
 * in the document's order, and gives its number, or null where it has none.
 */
export const createNumbering = (numberingPart: XmlDocument | null, stylesPart: XmlDocument | null) => {
  const { definitions, numberings } = readDefinitions(numberingPart);
  const { byId: styles, standard } = readStyles(stylesPart);
  const counters = new Map<string, Map<number, number>>();
  const begun = new Set<string>();

  /** The definition with the levels: one may stand for that of a style. */
  const definitionOf = (numId: string): { key: string; definition: Definition } | null => {
    let key = numberings.get(numId)?.definition;
    for (let hops = 0; key !== undefined && hops < mostStyles; hops += 1) {
      const definition = definitions.get(key);
      if (!definition) return null;
      const linked = definition.link === undefined ? undefined : numberings.get(styles.get(definition.link)?.numId ?? '')?.definition;
      if (linked === undefined || definition.levels.size > 0) return { key, definition };
      key = linked;
    }
    return null;
  };
  const ofStyle = (id: string | undefined): { numId: string; level: number } | null => {
    let at = id ?? standard;
    let level: number | undefined;
    for (let hops = 0; at !== undefined && hops < mostStyles; hops += 1) {
      const style = styles.get(at);
      level ??= style?.level;
      if (style?.numId !== undefined) {
        const levels = definitionOf(style.numId)?.definition.levels ?? new Map<number, Level>();
        const own = [...levels].find(([, { style: name }]) => name === at)?.[0];
        return { numId: style.numId, level: level ?? own ?? 0 };
      }
      at = style?.basedOn;
    }
    return null;
  };

  return (paragraph: XmlElement): ParagraphNumber | null => {
    const properties = descend(paragraph, 'w:pPr');
    const own = descend(properties, 'w:numPr');
    const fromStyle = ofStyle(attributeOf(descend(properties, 'w:pStyle')));
    const numId = attributeOf(descend(own, 'w:numId')) ?? fromStyle?.numId;
    const level = numberOr(attributeOf(descend(own, 'w:ilvl')), fromStyle?.level ?? 0);
    const found = numId === undefined || numId === '0' ? null : definitionOf(numId);
    if (numId === undefined || !found) return null;
    const numbering = numberings.get(numId) as Numbering;
    const levelAt = (at: number): Level | undefined => numbering.overrides.get(at) ?? found.definition.levels.get(at);
    const current = levelAt(level);
    if (!current) return null;
    if (current.form === 'bullet') return { text: '', bullet: true, numId, level };

    const counts = counters.get(found.key) ?? new Map<number, number>();
    counters.set(found.key, counts);
    // A list that has a start of its own begins there when it is met first; others go on counting with their definition.
    if (!begun.has(numId)) {
      begun.add(numId);
      for (const at of numbering.starts.keys()) counts.delete(at);
    }
    const startOf = (at: number): number => numbering.starts.get(at) ?? levelAt(at)?.start ?? 0;
    const before = counts.get(level);
    counts.set(level, before === undefined ? startOf(level) : before + 1);
    for (const at of [...counts.keys()]) {
      const restart = levelAt(at)?.restart ?? null;
      if (at > level && (restart === null || level < restart)) counts.delete(at);
    }
    const text = current.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const definition = levelAt(at);
      if (!definition) return '';
      const count = counts.get(at) ?? startOf(at);
      if (!counts.has(at) && at < level) counts.set(at, count);
      return definition.form === 'bullet'
        ? ''
        : numberText(count, current.legal && definition.form !== 'none' ? 'decimal' : (definition.form as NumberForm));
    });
    return { text: text.trim() === '' ? '' : text.trim() + current.suffix, bullet: false, numId, level };
  };
};
