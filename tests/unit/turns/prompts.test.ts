import { resolve } from 'node:path';
import { createPrompts } from '@main/prompts/createPrompts';
import type { Prompts } from '@main/prompts/prompts';
import { newId } from '@shared/model';
import { expect, it, onTestFinished } from 'vitest';
import { candidate, collect, createHarness, passage, scriptedGateway, scriptedRetriever } from '../chat/harness';
import { config, start } from '../debates/harness';

/** The real templates, and the name of each one that was rendered. */
const watchedPrompts = (): { prompts: Prompts; rendered: string[] } => {
  const { render, asData } = createPrompts({ folder: resolve('resources/prompts') });
  const rendered: string[] = [];
  return {
    rendered,
    prompts: {
      asData,
      render: (name, language, values) => {
        rendered.push(name);
        return render(name, language, values);
      },
    },
  };
};

/** A prompt is measured without its sources, then rendered with them. */
const rendersOfOne = 2;

it('builds the prompt of an answer once', async () => {
  const { prompts, rendered } = watchedPrompts();
  const gateway = scriptedGateway([candidate('m')], () => ['Yes [1].']);
  const harness = createHarness({ gateway, prompts, retriever: scriptedRetriever([passage({ text: 'Water boils at 100 °C.' })]) });
  onTestFinished(harness.close);
  await collect(harness.chat.watch(harness.ask('At what temperature does water boil?').turnId, {}));
  expect(gateway.prompts).toHaveLength(1);
  expect(rendered.filter((name) => name === 'answer')).toHaveLength(rendersOfOne);
});

it('builds the prompt of each contribution to a debate once', async () => {
  const { prompts, rendered } = watchedPrompts();
  const { debates } = start(() => ['A claim.'], { prompts });
  const id = newId();
  debates.start({ id, config: config({ rounds: 2 }) });
  await collect(debates.watch(id, {}));
  expect(debates.get(id).state).toBe('done');
  for (const [name, times] of Object.entries({ 'debate-turn-first': 2, 'debate-turn': 2, 'debate-synthesis': 1 }))
    expect(rendered.filter((one) => one === name)).toHaveLength(times * rendersOfOne);
});
