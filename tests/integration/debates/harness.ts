import { resolve } from 'node:path';
import { createDebates } from '@main/debates/debateService';
import { createPrompts } from '@main/prompts/createPrompts';
import { createActiveSessions } from '@main/turns/activeSessions';
import { type DebateConfig, type DebateEvent, defaultSettings, newId } from '@shared/model';
import { onTestFinished } from 'vitest';
import { plainDiskRoom } from '../../support/diskRoom';
import { type FaultyProvider, startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench } from '../../support/providerBench';

/** Some 160 tokens with its head: three of them fit into the debaters' window as a transcript. */
const filling = 'and so on '.repeat(50);
const debatersWindow = 1_750;

/** A debate through the real gateway and two loopback servers: one speaks for the debaters, one for the mediator. */
export const startDebateBench = async ({ rounds }: { rounds: number }) => {
  const bench = openProviderBench();
  const debaters = await startFaultyProvider('openai');
  const mediator = await startFaultyProvider('openai');
  const { db, gateway, changes, telemetry } = bench;
  const diskRoom = plainDiskRoom({ log: telemetry.log });
  const debates = createDebates({
    db,
    gateway,
    changes,
    telemetry,
    retriever: {
      documentCount: () => 0,
      nearness: async () => null,
      holding: async () => ({ total: 0, about: 0, compared: 0, words: [], missing: [], passages: [] }),
      rarity: async () => null,
      search: () => Promise.reject(new Error('documents are off')),
    },
    prompts: createPrompts({ folder: resolve('resources/prompts') }),
    agents: bench.agents,
    diskRoom,
    sessions: createActiveSessions({ telemetry }),
    settings: () => defaultSettings,
    now: Date.now,
  });
  onTestFinished(async () => {
    await debates.shutdown();
    diskRoom.close();
    await Promise.all([debaters.close(), mediator.close()]);
    await bench.close();
  });
  await bench.settings.update({ providers: { fallback: false } });
  const modelAt = async (server: FaultyProvider, name: string, contextTokens: number) => {
    const account = await bench.add('openai', server.baseUrl, { name });
    const [known] = bench.accounts.get(account.id).models;
    if (!known) throw new Error('the catalogue is empty');
    await bench.accounts.update({
      id: account.id,
      defaultModel: 'model-a',
      models: [{ ...known, id: 'model-a', contextTokens, priceInput: 1, priceOutput: 1, priceCached: null }],
    });
    return { accountId: account.id, model: 'model-a' };
  };
  const speaking = await modelAt(debaters, 'Debaters', debatersWindow);
  const summing = await modelAt(mediator, 'Mediator', 100_000);
  const config: DebateConfig = {
    topic: 'Should the town close its centre to cars?',
    debaters: [
      { agentId: 'neo', part: 'attacker', side: 'Against closing', model: speaking },
      { agentId: 'anima', part: 'challenger', side: 'For closing', model: speaking },
    ],
    mediator: { agentId: 'nexus', part: 'mediator', side: '', model: summing },
    rounds,
    documents: false,
    collectionIds: [],
  };
  const id = newId();
  debaters.play({ kind: 'answer', words: [filling] });
  return { bench, debates, debaters, mediator, id, config, start: () => debates.start({ id, config }) };
};

export const follow = async ({ debates, id }: Awaited<ReturnType<typeof startDebateBench>>): Promise<DebateEvent[]> => {
  const events: DebateEvent[] = [];
  for await (const { event } of debates.watch(id, {})) events.push(event);
  return events;
};
