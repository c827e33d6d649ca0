import { DomUtils } from 'htmlparser2';
import { attributeOf, descend, elementsOf, isOn, type XmlElement } from './wordXml';

/** Part of an equation in brackets, unless it is one sign, number or name. */
const grouped = (text: string): string => (/^(?:[\p{L}\p{N}.,]*|.)$/u.test(text) ? text : `(${text})`);
const part = (element: XmlElement, name: string): string => mathText(descend(element, name));
const property = (element: XmlElement, name: string, other: string): string =>
  attributeOf(descend(element, `${element.name}Pr`, name), 'm:val') ?? other;
const parts = (element: XmlElement, name: string): string[] =>
  elementsOf(element)
    .filter((child) => child.name === name)
    .map(mathText);
const script = (sign: string, text: string): string => (text === '' ? '' : sign + grouped(text));

const writers: Readonly<Record<string, (element: XmlElement) => string>> = {
  'm:r': (element) =>
    elementsOf(element)
      .filter(({ name }) => name === 'm:t' || name === 'w:t')
      .map((text) => DomUtils.textContent(text))
      .join(''),
  'm:f': (element) =>
    property(element, 'm:type', 'bar') === 'noBar'
      ? `(${part(element, 'm:num')} ¦ ${part(element, 'm:den')})`
      : `${grouped(part(element, 'm:num'))}/${grouped(part(element, 'm:den'))}`,
  'm:sSup': (element) => part(element, 'm:e') + script('^', part(element, 'm:sup')),
  'm:sSub': (element) => part(element, 'm:e') + script('_', part(element, 'm:sub')),
  'm:sSubSup': (element) => part(element, 'm:e') + script('_', part(element, 'm:sub')) + script('^', part(element, 'm:sup')),
  'm:sPre': (element) => script('_', part(element, 'm:sub')) + script('^', part(element, 'm:sup')) + part(element, 'm:e'),
  'm:rad': (element) => {
    const degree = isOn(descend(element, 'm:radPr', 'm:degHide')) ? '' : part(element, 'm:deg');
    return `√${degree === '' ? '' : `[${degree}]`}(${part(element, 'm:e')})`;
  },
  'm:nary': (element) =>
    `${property(element, 'm:chr', '∫')}${script('_', part(element, 'm:sub'))}${script('^', part(element, 'm:sup'))} ${part(element, 'm:e')}`,
  'm:d': (element) =>
    property(element, 'm:begChr', '(') +
    parts(element, 'm:e').join(property(element, 'm:sepChr', '|')) +
    property(element, 'm:endChr', ')'),
  'm:func': (element) => `${part(element, 'm:fName')} ${part(element, 'm:e')}`,
  'm:limLow': (element) => part(element, 'm:e') + script('_', part(element, 'm:lim')),
  'm:limUpp': (element) => part(element, 'm:e') + script('^', part(element, 'm:lim')),
  'm:m': (element) =>
    `[${elementsOf(element)
      .filter(({ name }) => name === 'm:mr')
      .map((row) => parts(row, 'm:e').join(', '))
      .join('; ')}]`,
  'm:eqArr': (element) => parts(element, 'm:e').join('; '),
  'm:acc': (element) => {
    const accent = property(element, 'm:chr', '\u0302');
    return /^\p{M}/u.test(accent) ? part(element, 'm:e') + accent : accent + part(element, 'm:e');
  },
};

/**
 * An equation of Word (OMML, ECMA-376 part 1, 22.1) in one line, in the way of Unicode's plain text for mathematics (technical note
 * 28): fractions as `a/b`, scripts after `^` and `_`, roots as `√(x)`.
 */
export const mathText = (element: XmlElement | undefined): string => {
  if (!element || element.name.endsWith('Pr')) return '';
  return writers[element.name]?.(element) ?? elementsOf(element).map(mathText).join('');
};
