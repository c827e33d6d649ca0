import { expect, it } from 'vitest';
import { follow, startDebateBench } from './harness';

it('replaces a provider that is removed while it speaks, reports it, and continues the debate', async () => {
  const setting = await startDebateBench({ rounds: 2 });
  const { bench, debates, debaters, mediator, id } = setting;
  debaters.play({ kind: 'answer', words: Array(100).fill('word '), delayMs: 5 });
  mediator.play({ kind: 'answer', words: ['I speak instead.'] });
  setting.start();
  for await (const { event } of debates.watch(id, {})) if (event.type === 'delta') break;
  const [removed] = setting.config.debaters;
  await bench.accounts.remove(removed?.model?.accountId ?? '');
  await follow(setting);
  const done = debates.get(id);
  expect(done).toMatchObject({ state: 'done', error: null });
  for (const { message } of done.turns.slice(0, 2)) expect(message.text).toMatch(/^word word /);
  for (const turn of done.turns.slice(2, 4))
    expect(turn).toMatchObject({
      message: { text: 'I speak instead.', state: 'complete' },
      replaced: { from: 'model-a', to: 'Mediator · model-a', reason: 'model.missing' },
    });
});
