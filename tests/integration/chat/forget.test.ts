import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId } from '@shared/model';
import { expect, it, onTestFinished } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { isBuilt, startProgram } from '../../support/program';
import { temporaryFolder } from '../../support/temporaryFolder';

const canary = 'quetzalcoatlus';

/** The bytes of a file as text; empty when it was deleted since it was listed (temporary files come and go). */
const read = (path: string): string => {
  try {
    return readFileSync(path).toString('latin1');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
};

const filesWithCanary = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    // Backups keep their content and report until when.
    .filter((path) => !path.startsWith(join(folder, 'backups')))
    .filter((path) => read(path).toLowerCase().includes(canary));

it.skipIf(!isBuilt)('forgets a conversation and a debate in every file of the real program (needs out/)', async () => {
  const folder = temporaryFolder();
  const provider = await startFaultyProvider('openai');
  onTestFinished(provider.close);
  provider.play({ kind: 'answer', words: ['The ', canary, ' flew. '], delayMs: 5 });
  const { client, stop } = await startProgram(folder);
  await client.providers.add({ id: newId(), preset: 'custom', name: 'Loopback', baseUrl: provider.baseUrl, key: 'key' });
  const [account] = await client.providers.list();
  await client.providers.update({ id: account?.id ?? '', defaultModel: 'model-a' });

  const [conversationId, turnId, debateId] = [newId(), newId(), newId()];
  await client.conversations.saveDraft({ key: conversationId, text: `draft ${canary}` });
  await client.chat.send({ turnId, questionId: newId(), conversationId, text: `Tell me about the ${canary}` });
  for await (const _ of await client.chat.watch({ turnId }));
  const seat = (part: 'attacker' | 'challenger' | 'mediator') => ({ agentId: 'neo', part, side: `${part} of ${canary}`, model: null });
  await client.debates.start({
    id: debateId,
    config: {
      topic: `Could a ${canary} fly?`,
      debaters: [seat('attacker'), seat('challenger')],
      mediator: seat('mediator'),
      rounds: 1,
      documents: true,
      collectionIds: [],
    },
  });
  let last = '';
  for await (const event of await client.debates.watch({ id: debateId })) last = event.type === 'ended' ? event.debate.state : event.type;
  expect(last).toBe('done');
  expect((await client.conversations.search({ query: canary })).hits.length).toBeGreaterThan(3);
  expect(filesWithCanary(folder)).not.toEqual([]);

  await client.conversations.forget({ id: conversationId });
  const { backupsUntil } = await client.conversations.forget({ id: debateId });
  expect(backupsUntil === null).toBe((await client.system.backups()).length === 0);
  expect((await client.conversations.search({ query: canary })).hits).toEqual([]);
  expect(filesWithCanary(folder)).toEqual([]);

  // A window in which the person typed saves a moment later.
  await client.conversations.saveDraft({ key: conversationId, text: `late draft ${canary}` });
  expect(await client.conversations.draft({ key: conversationId })).toEqual({ text: '' });
  const collectionId = newId();
  await client.library.createCollection({ id: collectionId, name: `All about ${canary}` });
  await client.library.removeCollection({ id: collectionId });
  await client.conversations.saveDraft({ key: 'new', text: `question about ${canary}` });
  await client.conversations.saveDraft({ key: 'new', text: '' });
  expect(await stop()).toBe(0);
  expect(filesWithCanary(folder)).toEqual([]);
});
