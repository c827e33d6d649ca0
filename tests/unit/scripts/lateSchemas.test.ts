import { resolve } from 'node:path';
import { lateSchema } from '@shared/model/lateSchema';
import { type Plugin, parseAst } from 'vite';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { withLateSchemas } from '../../../scripts/lib/lateSchemas';

const built = (code: string): string | null => {
  const transform = withLateSchemas().transform as unknown as (this: unknown, code: string, id: string) => string | null;
  return transform.call({ parse: parseAst } as unknown as Plugin, `import { z } from 'zod';\n${code}`, resolve('src/shared/model/some.ts'));
};

test.each([
  ['export const item = z.object({ id: z.string() }).strict();', 'z.object({ id: z.string() }).strict()'],
  ['const one = idSchema.optional();', 'idSchema.optional()'],
  ['const call = procedure.input(z.array(idSchema));', 'z.array(idSchema)'],
])('makes a schema with its first use: %s', (code, schema) => {
  expect(built(code)).toContain(`/* @__PURE__ */ lateSchema(() => ${schema})`);
});

test.each([
  'const settings = settingsSchema.parse({});',
  'const names = kindSchema.options.map((name) => name);',
  'const read = (text: string) => z.string().parse(text);',
  'type Item = z.infer<typeof itemSchema>;',
])('leaves alone what makes no schema while the module is loaded: %s', (code) => {
  expect(built(code)).not.toContain('lateSchema(');
});

test('stands for its schema, which is made once and with the first use', () => {
  const make = vi.fn(() => z.object({ id: z.string(), count: z.number().default(1) }));
  const item = lateSchema(make);
  const list = lateSchema(() => z.object({ items: z.array(item), first: item.nullable() }));
  expect(make).not.toHaveBeenCalled();
  expect(list.parse({ items: [{ id: 'a' }], first: null })).toEqual({ items: [{ id: 'a', count: 1 }], first: null });
  expect(list.safeParse({ items: [{ id: 1 }], first: null }).error?.issues.map(({ path }) => path)).toEqual([['items', 0, 'id']]);
  expect(item.extend({ more: z.boolean() }).pick({ more: true }).parse({ more: true })).toEqual({ more: true });
  expect(item).toBeInstanceOf(z.ZodObject);
  expect(Object.keys(item.shape)).toEqual(['id', 'count']);
  expect(z.toJSONSchema(list)).toEqual(
    z.toJSONSchema(z.object({ items: z.array(make.mock.results[0]?.value), first: make.mock.results[0]?.value.nullable() })),
  );
  expect(make).toHaveBeenCalledTimes(1);
});
