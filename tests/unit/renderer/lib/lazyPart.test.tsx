import { LazyPart, partSource } from '@renderer/lib/LazyPart';
import { Suspense } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';

const show = (source: ReturnType<typeof partSource>): string =>
  renderToStaticMarkup(
    <Suspense fallback={<p>waiting</p>}>
      <LazyPart source={source} />
    </Suspense>,
  );

test('shows the fallback until the page is loaded, then the page in the first render', async () => {
  let loads = 0;
  const source = partSource(async () => {
    loads += 1;
    return () => <p>the page</p>;
  });
  expect(show(source)).toContain('waiting');
  await source.preload();
  expect(show(source)).toBe('<p>the page</p>');
  await source.preload();
  expect(loads).toBe(1);
});
