import { resolve } from 'node:path';
import type { Plugin } from 'vite';

interface Syntax {
  type: string;
  start: number;
  end: number;
}
const isSyntax = (value: unknown): value is Syntax => typeof value === 'object' && value !== null && 'type' in value;

/** Methods that use a schema rather than make another one. */
const uses = /^(?:parse|safeParse|config|registry|toJSONSchema)/;

/** True for a chain of calls that makes a schema: `z.object({}).strict()`, `idSchema.optional()`; not `idSchema.options.map()`. */
const makesSchema = (node: Syntax): boolean => {
  const { type, callee } = node as Syntax & { callee?: Syntax & { object?: Syntax & { name?: string }; property?: { name?: string } } };
  const of = callee?.object;
  if (type !== 'CallExpression' || !of || uses.test(callee.property?.name ?? '')) return false;
  return of.type === 'Identifier' ? of.name === 'z' || /Schema$/.test(of.name ?? '') : makesSchema(of);
};

/** The outermost calls of a module that make a schema while it is loaded. */
const schemasMade = (node: Syntax): Syntax[] => {
  if (/Function|^TS/.test(node.type)) return [];
  if (makesSchema(node)) return [node];
  return Object.values(node)
    .flat()
    .flatMap((value) => (isSyntax(value) ? schemasMade(value) : []));
};

/** Makes the schemas of the main process with their first use: making all of them took a start some 40 ms. */
export const withLateSchemas = (): Plugin => {
  const sources = resolve('src');
  const helper = resolve('src/shared/model/lateSchema.ts');
  return {
    name: 'late-schemas',
    apply: 'build',
    transform(code, id) {
      if (!id.startsWith(sources) || !/from ['"]zod['"]/.test(code)) return null;
      let late = code;
      const made = this.parse(code, { lang: 'ts' }).body.flatMap((statement) => schemasMade(statement as Syntax));
      for (const { start, end } of made.toReversed())
        late = `${late.slice(0, start)}/* @__PURE__ */ lateSchema(() => ${late.slice(start, end)})${late.slice(end)}`;
      return `import { lateSchema } from ${JSON.stringify(helper)};\n${late}`;
    },
  };
};
