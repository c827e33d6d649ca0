import { common, createLowlight } from 'lowlight';

/** The common languages, registered once; in a chunk of its own that is loaded with the first block of code. */
const lowlight = createLowlight(common);

/** A coloured piece: classes, and the text or the pieces in it. */
export interface CodePiece {
  classes: string;
  parts: (string | CodePiece)[];
}

interface Node {
  type: string;
  value?: string;
  properties?: { className?: unknown };
  children?: readonly Node[];
}

const pieces = (nodes: readonly Node[]): CodePiece['parts'] =>
  nodes.map((node) =>
    node.type === 'text'
      ? (node.value ?? '')
      : {
          classes: Array.isArray(node.properties?.className) ? node.properties.className.join(' ') : '',
          parts: pieces(node.children ?? []),
        },
  );

/** Null for an unknown language: the code then stays plain. */
export const highlightCode = (language: string, code: string): CodePiece['parts'] | null =>
  lowlight.registered(language) ? pieces(lowlight.highlight(language, code).children as readonly Node[]) : null;
