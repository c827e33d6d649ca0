import type { CitationMark } from '@shared/markdown/citationMarks';
import type { MathRegion } from '@shared/markdown/regions';

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  identifier?: string;
  start?: number | null;
  position?: { start: { offset?: number }; end: { offset?: number } };
  data?: { hName: string; hProperties?: Record<string, unknown> };
}

export interface Shown {
  /** The parsed text. */
  text: string;
  marks: readonly CitationMark[];
  formulas: readonly MathRegion[];
  /** Maps a place of this text to its place in the message. */
  placeOf: (place: number) => number;
  /** Characters of the piece itself; notes for the parser follow it. */
  length: number;
  /** The number with which a list continues. */
  listStart: number | null;
  /** Numbers of the footnotes. */
  notes: ReadonlyMap<string, number>;
}

/** A longer word may break from its chip rather than overflow the line. */
const longestKept = 28;
const tags = /^<(\/?)(br|sup|sub|kbd)\s*(\/?)>$/i;

const element = (hName: string, hProperties: Record<string, unknown>, children: Node[] = []): Node => ({
  type: hName,
  data: { hName, hProperties },
  children,
});
const text = (value: string): Node => ({ type: 'text', value });

/** Transforms the parsed tree for display: chips tied to their word, formulas, footnotes, the few allowed tags. */
export const remarkShown = ({ text: source, marks, formulas, placeOf, length, listStart, notes }: Shown) => {
  const markAt = new Map(marks.map((mark) => [mark.start, mark]));
  const formulaAt = new Map(formulas.map((formula) => [formula.start, formula]));

  const chips = (node: Node): Node[] => {
    const mark = markAt.get(node.position?.start.offset ?? -1);
    if (!mark) return [];
    const chip = (number: number): Node => element('cite', { marker: number, at: placeOf(mark.start) });
    const written = source.slice(mark.start, mark.end);
    const ranged = /\d\s*[–-]\s*\d/.test(written);
    const others = (written.replace(/†[^,;\]】]*/g, '').match(/\d+/g) ?? []).some((digits) => !mark.numbers.includes(Number(digits)));
    if (ranged || !others) return mark.numbers.map(chip);
    // A number that is no source stays as it was written.
    return written
      .split(/(\d+)/)
      .filter((part) => part !== '')
      .map((part) => (mark.numbers.includes(Number(part)) && /^\d+$/.test(part) ? chip(Number(part)) : text(part)));
  };
  const formula = (node: Node): Node[] => {
    const region = formulaAt.get(node.position?.start.offset ?? -1);
    if (!region) return [];
    const plain = (from: number, to: number): string => source.slice(from, to).replace(/\n[ \t]*>[ \t]?/g, '\n');
    return [
      element('formula', {
        value: plain(region.from, region.to),
        source: plain(region.start, region.end),
        display: region.display || undefined,
        unfinished: region.unfinished || undefined,
      }),
    ];
  };

  /** Ties chips to the word before them, so that a line never begins with one. */
  const tied = (nodes: Node[]): Node[] => {
    const out: Node[] = [];
    for (const node of nodes) {
      const last = out.at(-1);
      if (node.type !== 'cite') out.push(node);
      else if (last?.type === 'span') last.children?.push(node);
      else if (last?.type === 'text' && last.value) {
        const word = /\S*[ \u00a0]?$/.exec(last.value.slice(-longestKept - 2))?.[0] ?? '';
        const kept = word.length <= longestKept ? word : '';
        const rest = last.value.slice(0, last.value.length - kept.length);
        out.pop();
        if (rest) out.push({ ...last, value: rest });
        out.push(element('span', { className: 'nowrap' }, kept ? [text(kept), node] : [node]));
      } else out.push(element('span', { className: 'nowrap' }, [node]));
    }
    return out;
  };

  /** The allowed tags among the children of one node; one without its other half is text. */
  const tagged = (nodes: Node[]): Node[] => {
    const root: Node[] = [];
    const open: { name: string; node: Node; children: Node[] }[] = [];
    const into = (): Node[] => open.at(-1)?.children ?? root;
    for (const node of nodes) {
      const [, closing, tag = '', self] = node.type === 'html' ? (tags.exec(node.value ?? '') ?? []) : [];
      const name = tag.toLowerCase();
      if (name === 'br') into().push({ type: 'break' });
      else if (name === '' || self) into().push(node);
      else if (closing === '') open.push({ name, node, children: [] });
      else if (open.at(-1)?.name === name) {
        const { children } = open.pop() as (typeof open)[number];
        into().push(element(name, {}, children));
      } else into().push(node);
    }
    while (open.length > 0) {
      const { node, children } = open.pop() as (typeof open)[number];
      into().push(node, ...children);
    }
    return root;
  };

  /** For Markdown, a line that begins with one of the tags alone is a block of HTML; here its text is shown as text. */
  const block = (node: Node): Node[] => {
    const parts = (node.value ?? '').split(/(<\/?(?:br|sup|sub|kbd)\s*\/?>)/i).filter((part) => part !== '');
    if (parts.length < 2 && !tags.test(node.value ?? '')) return [node];
    return [{ type: 'paragraph', children: tagged(parts.map((value) => ({ type: tags.test(value) ? 'html' : 'text', value }))) }];
  };

  const visit = (node: Node): void => {
    if (!node.children) return;
    const flow = ['root', 'blockquote', 'listItem', 'footnoteDefinition', 'note'].includes(node.type);
    let children = node.children.flatMap((child): Node[] => {
      switch (child.type) {
        case 'citation':
          return chips(child);
        case 'formula':
          return formula(child);
        case 'html':
          return flow ? block(child) : [child];
        case 'footnoteReference': {
          const id = child.identifier ?? '';
          return [element('noteref', { number: notes.get(id), name: id })];
        }
        case 'footnoteDefinition': {
          if ((child.position?.start.offset ?? 0) >= length) return [];
          visit(child);
          const id = child.identifier ?? '';
          return [element('note', { number: notes.get(id), name: id }, child.children ?? [])];
        }
        default:
          visit(child);
          // A formula alone in its paragraph replaces the paragraph.
          return child.type === 'paragraph' && child.children?.length === 1 && child.children[0]?.data?.hProperties?.display
            ? child.children
            : [child];
      }
    });
    if (!flow) children = tied(children.some(({ type }) => type === 'html') ? tagged(children) : children);
    node.children = children;
  };

  return () =>
    (tree: Node): void => {
      visit(tree);
      const [first] = tree.children ?? [];
      if (listStart !== null && first?.type === 'list') first.start = listStart;
    };
};
