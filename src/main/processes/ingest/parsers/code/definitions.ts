import type { Span } from '@shared/model';
import type { Node } from '@vscode/tree-sitter-wasm';

/** Definitions within definitions are followed to this depth: deeper ones help nobody to find a place. */
const mostDepth = 6;
/** Nodes within nodes are looked into to this depth. */
const mostNesting = 100;
/** Longest name that is shown: a selector of CSS may fill a page. */
const mostName = 120;
/** The definitions inside a function are looked for where it is longer than about a passage, in characters. */
const longFunction = 2_000;
/** A statement that defines nothing itself is looked into from this length on: it may wrap a whole file. */
const longStatement = 200;

const isContainer =
  /class|struct|enum|interface|trait|impl_|mod_item|^module|internal_module|namespace|protocol|object|extension|mixin|record|union|^variable_declaration$|rule_set$/;
const isBody = /body|block|_list$|^struct_declaration$|^preproc_if/;
/** Nodes that only wrap a definition: what they add belongs to it. */
const isWrapper =
  /^(export_statement|decorated_definition|template_declaration|ambient_declaration|type_declaration|type_definition|expression_statement|declaration)$/;
const isAbove = /comment|attribute|annotation|decorator|pragma/;
const isNamed =
  /^(type_identifier|simple_identifier|identifier|field_identifier|property_identifier|name|simple_name|function_name|constant|selectors|string|alias|variable)$/;

const field = (node: Node, name: string): Node | null => node.childForFieldName(name);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, mostName);

/** The name within the declarators of C: those of pointers, arrays and parameters stand around it. */
const declaredName = (node: Node): string => {
  let inner = node;
  for (let next = field(inner, 'declarator'); next; next = field(inner, 'declarator')) inner = next;
  return inner.text;
};

/** The word that defines something in Elixir, in which definitions are calls. */
const elixirDefinition = /^def(?:module|p|macro|macrop|protocol|impl|struct|guard)?$/;

/** The name of what a node defines; empty where it defines nothing that has a name. */
const nameOf = (node: Node): string => {
  switch (node.type) {
    case 'impl_item': {
      const of = field(node, 'trait');
      return `${of ? `${of.text} for ` : ''}${field(node, 'type')?.text ?? ''}`;
    }
    case 'call':
      if (!elixirDefinition.test(field(node, 'target')?.text ?? '')) return '';
      return /^[^\s(,]+/.exec(node.namedChild(1)?.text ?? '')?.[0] ?? '';
    case 'method_signature':
      return node.namedChildren.map((child) => (child ? nameOf(child) : '')).find((name) => name !== '') ?? '';
    case 'media_statement':
    case 'supports_statement':
      return node.text.slice(0, Math.max(0, node.text.indexOf('{')));
    case 'init_declaration':
      return 'init';
    case 'companion_object':
      return 'companion object';
    case 'secondary_constructor':
      return 'constructor';
    case 'lexical_declaration': {
      const { parent } = node;
      // Variables inside functions are no places.
      const isOuter = !parent || parent.type === 'program' || parent.type === 'export_statement';
      return isOuter
        ? (node.namedChildren.find((child) => child?.type === 'variable_declarator')?.childForFieldName('name')?.text ?? '')
        : '';
    }
    case 'variable_declaration':
      return node.namedChildren.some((child) => child && /_declaration$/.test(child.type)) ? (node.namedChild(0)?.text ?? '') : '';
  }
  const receiver = /[A-Za-z_]\w*(?=[^A-Za-z_]*\)$)/.exec(field(node, 'receiver')?.text ?? '')?.[0];
  const name = field(node, 'name')?.text ?? (field(node, 'declarator') ? declaredName(node) : null);
  if (name !== null) return receiver ? `${receiver}.${name}` : name;
  return node.namedChildren.find((child) => child && isNamed.test(child.type))?.text ?? '';
};

/** Where a definition begins with the comments and annotations that stand right above it, on lines of their own. */
const beginning = (node: Node, text: string): number => {
  const isAlone = (one: Node): boolean => text.slice(text.lastIndexOf('\n', one.startIndex - 1) + 1, one.startIndex).trim() === '';
  let first = node;
  for (let above = first.previousNamedSibling; above && isAbove.test(above.type) && isAlone(above); above = above.previousNamedSibling) {
    // A comment of one line may hold its line break.
    if (text.slice(above.endIndex, first.startIndex).replace(/[^\n]/g, '').length + (text[above.endIndex - 1] === '\n' ? 1 : 0) > 1) break;
    first = above;
  }
  return text.lastIndexOf('\n', first.startIndex - 1) + 1;
};

/** The end of the line in which a definition ends; the body may be a node of its own behind it. */
const ending = (node: Node, text: string): number => {
  const next = node.nextNamedSibling;
  const last = next?.type === 'function_body' ? next.endIndex : node.endIndex;
  const line = text.indexOf('\n', Math.max(node.startIndex, last - 1));
  return line < 0 ? text.length : line;
};

/**
 * The definitions of a program as spans of whole lines, the outer before the inner, each with its name and its depth from 1. A comment
 * right above a definition belongs to it. `types` are the types of nodes that define.
 */
export const definitionsOf = (root: Node, text: string, types: ReadonlySet<string>): Span[] => {
  const spans: Span[] = [];
  let free = 0;
  const look = (within: Node, depth: number, nesting: number): void => {
    if (nesting > mostNesting) return;
    for (const node of within.namedChildren) {
      if (!node) continue;
      const name = types.has(node.type) ? oneLine(nameOf(node)) : '';
      const long = node.endIndex - node.startIndex;
      if (name === '') {
        if (long > longStatement || isWrapper.test(node.type) || isBody.test(node.type)) look(node, depth, nesting + 1);
        continue;
      }
      let outer = node;
      while (outer.parent && isWrapper.test(outer.parent.type)) outer = outer.parent;
      const start = Math.max(beginning(outer, text), free);
      const end = ending(outer, text);
      if (end <= start) continue;
      spans.push({ kind: 'scope', start, end, label: name, level: depth });
      // Within a definition the lines of its head are its own.
      free = Math.max(free, Math.min(end, text.indexOf('\n', node.startIndex) + 1 || end));
      if (depth < mostDepth && (isContainer.test(node.type) || node.type === 'call' || long > longFunction))
        look(node, depth + 1, nesting + 1);
      free = Math.max(free, end);
    }
  };
  look(root, 1, 0);
  return spans;
};
