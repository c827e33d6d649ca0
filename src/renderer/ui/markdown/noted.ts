/**
 * A note of the program on a text: on the words of its range, or behind the place where its range is empty. It takes no room, so that
 * a text that is read does not move when its notes come.
 */
export interface TextNote {
  /** `[start, end)` in the message. */
  start: number;
  end: number;
}

interface Node {
  type: string;
  value?: string;
  children?: Node[];
  position?: { start: { offset?: number }; end: { offset?: number } };
  data?: { hName: string; hProperties?: Record<string, unknown> };
}

/** The character to which a note belongs: the first of its range, or the one before its place. */
export const placeOfNote = ({ start, end }: TextNote): number => (start === end ? start - 1 : start);

const rangeOf = (node: Node): [number, number] => [node.position?.start.offset ?? -1, node.position?.end.offset ?? -1];

const noted = (place: number, { start, end }: TextNote, children: Node[]): Node => ({
  type: 'noted',
  position: { start: { offset: start }, end: { offset: end } },
  data: { hName: 'noted', hProperties: { place } },
  children,
});

/** A part of a text node, with its own position. */
const partOf = (value: string, start: number): Node => ({
  type: 'text',
  value,
  position: { start: { offset: start }, end: { offset: start + value.length } },
});

/** The node with the note in it or behind it, as one or several nodes. */
const withNote = (node: Node, note: TextNote, place: number): Node[] => {
  const [from, to] = rangeOf(node);
  const { start, end } = note;
  const isPlain = node.type === 'text' && node.value?.length === to - from;
  if (isPlain && end <= to) {
    const value = node.value as string;
    const parts = [partOf(value.slice(0, start - from), from), partOf(value.slice(end - from), end)];
    const words = start === end ? [] : [partOf(value.slice(start - from, end - from), start)];
    return [parts[0] as Node, noted(place, note, words), parts[1] as Node].filter(({ type, value: own }) => type !== 'text' || own !== '');
  }
  if (node.children && placeOfNote(note) < to && end < to) {
    node.children = insert(node.children, note, place);
    return [node];
  }
  return [node, noted(place, note, [])];
};

const insert = (nodes: Node[], note: TextNote, place: number): Node[] => {
  const at = placeOfNote(note);
  const index = nodes.findIndex((node) => {
    const [from, to] = rangeOf(node);
    return from <= at && at < to;
  });
  return index < 0 ? nodes : nodes.flatMap((node, position) => (position === index ? withNote(node, note, place) : [node]));
};

/** A remark plugin: creates a node `noted` for each note. Their ranges are in the parsed text; `place` is where they are in the message. */
export const remarkNoted = (notes: readonly (TextNote & { place: number })[]) => () => (tree: Node) => {
  const blocks = (node: Node): void => {
    const isPhrasing = ['paragraph', 'heading', 'tableCell'].includes(node.type);
    if (!isPhrasing) for (const child of node.children ?? []) blocks(child);
    else {
      const [from, to] = rangeOf(node);
      for (const note of notes) {
        const at = placeOfNote(note);
        if (from <= at && at < to) node.children = insert(node.children ?? [], note, note.place);
      }
    }
  };
  if (notes.length > 0) blocks(tree);
};
