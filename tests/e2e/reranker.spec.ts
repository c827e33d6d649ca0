import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startModelHub } from '../support/modelHub';
import { addServer, choose, go } from './actions';
import { expect, test } from './app';
import { expectNoBarrier } from './axe';
import { expectNoOverflow } from './overflow';

let hub: Awaited<ReturnType<typeof startModelHub>>;
test.beforeEach(async () => {
  hub = await startModelHub(join(import.meta.dirname, '../support/tiny-reranker'));
});
test.afterEach(() => hub.close());

test('a reranker is downloaded and chosen, and the search says that it took part', async ({ app }) => {
  const { page } = app;
  await go(page, 'Settings');
  const main = page.getByRole('main');
  await page.getByRole('link', { name: 'Search and embeddings' }).click();
  const choices = main.getByRole('group', { name: 'Order of the best passages' });
  await expect(choices.getByRole('radio', { name: 'Usual order' })).toBeChecked();
  const address = main.getByRole('textbox', { name: 'Model address' });
  await address.fill(hub.url);
  await address.blur();
  await expectNoBarrier(page, 'search settings');
  await expectNoOverflow(page, 'search settings');

  const model = choices.getByRole('radio', { name: 'mmarco-mMiniLMv2-L12' });
  await expect(model).toBeDisabled();
  await choices.getByRole('button', { name: 'Download' }).click();
  await expect(model).toBeEnabled();
  await choose(model);
  await expect(choices).toContainText('In use');

  await go(page, 'Library');
  const search = main.getByRole('combobox', { name: /^Search passages/ });
  // The first question may find the model still being loaded, and that is not kept: another one is asked.
  let asked = 0;
  await expect(async () => {
    asked += 1;
    await search.fill(`backups ${'of the data '.repeat(asked)}`);
    await expect(main).toContainText('Put in order by the reranker.', { timeout: 3_000 });
  }).toPass();
});

test('a service of a provider reranks, and the search says where it was too late', async ({ app }) => {
  const { page } = app;
  let answers = true;
  let asked = 0;
  const service = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    if (!request.url?.endsWith('/rerank')) return response.end(JSON.stringify({ data: [{ id: 'orders' }] }));
    asked += 1;
    const { documents } = JSON.parse(body) as { documents: string[] };
    if (answers) response.end(JSON.stringify({ results: documents.map((_, index) => ({ index, relevance_score: index / 100 })) }));
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  try {
    await addServer(page, `http://127.0.0.1:${(service.address() as AddressInfo).port}/v1`, { name: 'Sorter', says: /./ });
    await page.getByRole('link', { name: 'Search and embeddings' }).click();
    const main = page.getByRole('main');
    const form = main.getByRole('form', { name: 'Reranker of a provider' });
    await form.getByRole('combobox', { name: 'Provider' }).selectOption('Sorter');
    await form.getByRole('combobox', { name: 'Model', exact: true }).fill('orders');
    await form.getByRole('button', { name: 'Use', exact: true }).click();
    const chosen = main.getByRole('group', { name: 'Order of the best passages' }).getByRole('radio', { name: 'orders' });
    await expect(chosen).toBeChecked();
    await expectNoBarrier(page, 'search settings with a service');

    answers = false;
    await go(page, 'Library');
    const search = main.getByRole('combobox', { name: /^Search passages/ });
    await search.fill('backups of the data');
    await expect(main).toContainText('The reranker did not answer in time: in the usual order.');
    answers = true;
    let more = 0;
    await expect(async () => {
      more += 1;
      await search.fill(`backups ${'of the data '.repeat(more + 1)}`);
      await expect(main).toContainText('Put in order by the reranker.', { timeout: 3_000 });
    }).toPass();
    // The first question may be given up before it reaches the service.
    expect(asked).toBeGreaterThan(0);
  } finally {
    service.closeAllConnections();
    service.close();
  }
});
