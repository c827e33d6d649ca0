import { EmergenceError } from '@shared/model';
import { DomHandler, DomUtils, Parser } from 'htmlparser2';
import { limits } from '../limits';

export type XmlDocument = DomHandler['root'];
export type XmlNode = XmlDocument['children'][number];
export type XmlElement = Extract<XmlNode, { attribs: unknown; name: string }>;

/** Builds a tree, but none that is nested without end: the parser's time grows with the square of the depth. */
class BoundedHandler extends DomHandler {
  #depth = 0;
  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#depth += 1;
    if (this.#depth > limits.hostileNesting) throw new EmergenceError('document.unsafe', { reason: 'nesting' });
    super.onopentag(name, attributes);
  }
  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}

const options = { xmlMode: true, decodeEntities: true };

/** Parses a part of a Word document. Entities that a document defines by itself are not resolved. */
export const parseXml = (xml: string): XmlDocument => {
  const handler = new BoundedHandler(undefined, options);
  new Parser(handler, options).end(xml);
  return handler.root;
};
export const writeXml = (document: XmlDocument): string => DomUtils.getOuterHTML(document, options);

export const isElement = (node: unknown): node is XmlElement =>
  typeof node === 'object' && node !== null && 'attribs' in node && 'name' in node;
export const elementsOf = (node: XmlDocument | XmlElement | undefined): XmlElement[] => (node?.children ?? []).filter(isElement);

/** The first child of each name in turn; undefined where one is missing. */
export const descend = (node: XmlElement | undefined, ...path: string[]): XmlElement | undefined => {
  let at = node;
  for (const name of path) at = elementsOf(at).find((child) => child.name === name);
  return at;
};
/** The value of a property (`w:val`); undefined where it is missing. */
export const attributeOf = (element: XmlElement | undefined, attribute = 'w:val'): string | undefined => element?.attribs[attribute];
/** True for a property that is switched on: present, without a value that says no. */
export const isOn = (element: XmlElement | undefined): boolean =>
  element !== undefined && !['0', 'false', 'off'].includes(attributeOf(element) ?? '');

/** All elements of the names given within a node, in the document's order, without recursion. */
export const allOf = (root: XmlDocument | XmlElement, names: ReadonlySet<string>): XmlElement[] => {
  const found: XmlElement[] = [];
  const stack: XmlElement[] = elementsOf(root).reverse();
  for (let at = stack.pop(); at; at = stack.pop()) {
    if (names.has(at.name)) found.push(at);
    for (let index = at.children.length - 1; index >= 0; index -= 1) {
      const child = at.children[index];
      if (isElement(child)) stack.push(child);
    }
  }
  return found;
};

/** The nearest element around a node that has the name given. */
export const around = (node: XmlElement, name: string): XmlElement | undefined => {
  let at = node.parent;
  while (at && !(isElement(at) && at.name === name)) at = at.parent;
  return isElement(at) ? at : undefined;
};

/** Puts the nodes in the place of an element; none removes it. */
export const replaceBy = (element: XmlElement, nodes: readonly XmlNode[]): void => {
  for (const node of nodes) DomUtils.prepend(element, node);
  DomUtils.removeElement(element);
};

/** Elements written as XML, to be put into a document. */
export const xmlOf = (xml: string): XmlNode[] => [...parseXml(xml).children];

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
export const runXml = (text: string): string => `<w:r><w:t xml:space="preserve">${escaped(text)}</w:t></w:r>`;
export const textRun = (text: string): XmlNode => xmlOf(runXml(text))[0] as XmlNode;

const textNames = new Set(['w:t', 'w:tab', 'w:br', 'w:cr', 'w:p']);
/** The visible words within a node: deleted ones are in elements of other names. Paragraphs are parted by spaces. */
export const wordsOf = (node: XmlDocument | XmlElement): string =>
  allOf(node, textNames)
    .map((element) => (element.name === 'w:t' ? DomUtils.textContent(element) : ' '))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
