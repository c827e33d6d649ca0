interface MarkdownNode {
  type: string;
  value?: string;
  children?: MarkdownNode[];
  data?: { hName: string; hProperties?: Record<string, unknown> };
}

const marker = /\[(\d{1,3})\]/g;
/** A full stop or comma that follows chips stands before them, as typographers set notes. */
const followed = /((?:\s?\[\d{1,3}\])+)([.,])(?=\s|$)/g;
/** A word longer than this may break from its chip rather than push the line out. */
const longestKept = 28;

/**
 * Turns `[n]` into citation chips where source n exists, and ties each chip to the word before it, so that a line
 * never begins with a chip. Numbers without a source stay as they are written.
 */
export const remarkCitations =
  (known: ReadonlySet<number>) =>
  () =>
  (tree: MarkdownNode): void =>
    visit(tree, known);

const visit = (node: MarkdownNode, known: ReadonlySet<number>): void => {
  if (!node.children || node.type === 'link') return;
  node.children = node.children.flatMap((child) => {
    if (child.type === 'text' && child.value) return cutText(child.value, known);
    visit(child, known);
    return [child];
  });
};

const cutText = (value: string, known: ReadonlySet<number>): MarkdownNode[] => {
  const nodes: MarkdownNode[] = [];
  const text = value.replace(followed, (all, chips: string, sign: string) =>
    [...chips.matchAll(marker)].every((match) => known.has(Number(match[1]))) ? sign + chips.trimStart() : all,
  );
  let at = 0;
  for (const match of text.matchAll(marker)) {
    const number = Number(match[1]);
    if (!known.has(number)) continue;
    const chip: MarkdownNode = { type: 'citation', data: { hName: 'cite', hProperties: { marker: number } }, children: [] };
    const before = text.slice(at, match.index).trimEnd();
    at = match.index + match[0].length;
    const last = nodes.at(-1);
    if (before === '' && last?.type === 'kept') {
      last.children?.push(chip);
      continue;
    }
    const word = /\S*$/.exec(before.slice(-longestKept - 1))?.[0] ?? '';
    const kept = word.length <= longestKept ? word : '';
    const rest = before.slice(0, before.length - kept.length);
    if (rest) nodes.push({ type: 'text', value: rest });
    nodes.push({
      type: 'kept',
      data: { hName: 'span', hProperties: { className: 'nowrap' } },
      children: kept ? [{ type: 'text', value: kept }, chip] : [chip],
    });
  }
  if (at === 0) return [{ type: 'text', value }];
  if (at < text.length) nodes.push({ type: 'text', value: text.slice(at) });
  return nodes;
};
