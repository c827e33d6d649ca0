import { join } from 'node:path';
import { type DebateEvent, newId } from '@shared/model';
import { expect, it, onTestFinished, vi } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { fillFromPrepared } from '../../support/preparedFolder';
import { isBuilt, problemsOf, startProgram } from '../../support/program';
import { canMount, smallDisk } from '../../support/smallDisk';

/** Larger than the room that SQLite's own files may still have on a full disk. */
const words = Array.from({ length: 200 }, (_, index) => `${index} ${'x'.repeat(2_000)} `);
const whole = words.join('');
const full = { code: 'storage.full', action: 'free_disk_space' };

it.skipIf(!isBuilt || !canMount)(
  'loses no word when the disk fills up while two speak (needs out/, Linux and root)',
  { timeout: 120_000 },
  async () => {
    const disk = smallDisk(128);
    const dataFolder = join(disk.folder, 'data');
    await fillFromPrepared(dataFolder);
    const provider = await startFaultyProvider('openai');
    onTestFinished(provider.close);
    const program = await startProgram(dataFolder);
    const { client } = program;
    const account = await client.providers.add({ id: newId(), preset: 'custom', name: 'Loopback', baseUrl: provider.baseUrl, key: 'key' });
    await client.providers.update({ id: account.id, defaultModel: 'model-a' });
    await vi.waitFor(async () => expect((await client.library.jobs()).length).toBe(0), { timeout: 30_000, interval: 100 });

    provider.play({ kind: 'answer', words, delayMs: 20 });
    const id = newId();
    const seat = (part: 'attacker' | 'challenger' | 'mediator') => ({ agentId: 'neo', part, side: part, model: null });
    await client.debates.start({
      id,
      config: {
        topic: 'Is there room for all?',
        debaters: [seat('attacker'), seat('challenger')],
        mediator: seat('mediator'),
        rounds: 1,
        documents: false,
        collectionIds: [],
      },
    });
    const events: DebateEvent[] = [];
    for await (const event of await client.debates.watch({ id })) {
      events.push(event);
      if (event.type !== 'delta' || events.filter(({ type }) => type === 'delta').length !== 5) continue;
      disk.fill();
      // The room that is left inside SQLite's own files.
      await expect(
        (async () => {
          for (;;) await client.conversations.saveDraft({ key: newId(), text: 'x'.repeat(150_000) });
        })(),
      ).rejects.toMatchObject({ code: 'storage.full' });
    }
    const end = events.at(-1);
    if (end?.type !== 'ended') throw new Error('not ended');
    expect(end.debate).toMatchObject({ state: 'failed', error: full });
    for (const { message } of end.debate.turns) {
      expect(message.text === whole).toBe(true);
      expect(message).toMatchObject({ state: 'complete', error: full });
    }
    expect(end.debate.turns).toHaveLength(2);
    expect(await client.debates.get({ id })).toEqual(end.debate);
    expect(await client.conversations.get({ id })).toMatchObject({ answering: false });
    await expect(client.debates.resume({ id })).rejects.toMatchObject({ code: 'storage.full' });

    disk.free();
    provider.play({ kind: 'answer', words: ['The synthesis.'] });
    await client.debates.resume({ id });
    for await (const _ of await client.debates.watch({ id }));
    const done = await client.debates.get({ id });
    expect(done).toMatchObject({ state: 'done', error: null });
    expect(done.turns.map(({ message }) => [message.text === whole, message.state])).toEqual([
      [true, 'complete'],
      [true, 'complete'],
      [false, 'complete'],
    ]);
    // The ledger also has the calls that found no room at first; the contributions are too long for the mediator at once.
    expect(done.costs.map(({ usage }) => usage.inputTokens)).toEqual([7, 7, 14]);
    expect(await program.stop()).toBe(0);
    expect(problemsOf(join(dataFolder, 'emergence.db'))).toEqual([]);
  },
);
