import { expect, test } from 'vitest';
import { check, sourceOf } from './checking';
import { injectedErrors, textOfDocument } from './injectErrors';

test('flags altered numbers, dates and names in cited sentences, and few true ones', async () => {
  const set = injectedErrors();
  expect(set.length).toBeGreaterThanOrEqual(200);
  const flagged = { number: [0, 0], date: [0, 0], name: [0, 0], none: [0, 0] } as Record<string, [number, number]>;
  const wrong: string[] = [];
  for (const { document, text, altered } of set) {
    const { check: found } = await check(`${text.replace(/\.$/, '')} [1].`, [sourceOf(1, document, textOfDocument(document))]);
    const count = flagged[altered?.kind ?? 'none'] as [number, number];
    count[1] += 1;
    const marked = found.marks.map(({ start, end }) => text.slice(start, end));
    if (marked.length > 0) count[0] += 1;
    if (marked.length > 0 !== (altered !== null))
      wrong.push(`${document}: ${text} (${altered ? `${altered.was} → ${altered.is}` : marked.join(', ')})`);
  }
  const share = (kind: string): number => (flagged[kind]?.[0] ?? 0) / (flagged[kind]?.[1] ?? 1);
  const seen = `${JSON.stringify(flagged)}\n${wrong.join('\n')}`;
  expect(share('number'), seen).toBeGreaterThanOrEqual(0.95);
  expect(share('date'), seen).toBeGreaterThanOrEqual(0.95);
  expect(share('name'), seen).toBeGreaterThanOrEqual(0.95);
  expect(share('none'), seen).toBeLessThanOrEqual(0.03);
});
