import { modelCallsOfTurn } from '@main/store/modelCalls';
import { newId } from '@shared/model';
import { expect, it, onTestFinished } from 'vitest';
import { startFaultyProvider } from '../../support/faultyProvider';
import { openProviderBench } from '../../support/providerBench';

it.each([
  { when: 'with the next call', nextCall: true },
  { when: 'by itself once there is room', nextCall: false },
])('a full disk changes nothing of an answer, and stores its call $when', async ({ nextCall }) => {
  const provider = await startFaultyProvider('openai');
  const bench = openProviderBench();
  onTestFinished(async () => {
    await provider.close();
    await bench.close();
  });
  const { db } = bench;
  const candidate = bench.candidate(await bench.add('openai', provider.baseUrl));
  const turnId = newId();
  const ask = () => bench.ask(bench.request([candidate], { turnId }));
  await ask();
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  const another = db.prepare(
    'INSERT INTO model_calls SELECT ?, at, purpose, ?, conversation_id, agent_id, provider, model, prompt_version_id, attempt, outcome, tokens_in, tokens_out, tokens_cached, estimated, cost_nano, first_word_ms, ms, error_code FROM model_calls WHERE turn_id = ?',
  );
  expect(() => {
    for (;;) another.run(newId(), newId(), turnId);
  }).toThrowError(expect.objectContaining({ code: 'SQLITE_FULL' }));

  for (let count = 0; count < 2; count += 1) expect(await ask()).toMatchObject({ text: 'Hello there', error: null });
  expect(modelCallsOfTurn(db, turnId)).toHaveLength(1);
  expect(await bench.telemetry.metricsText()).toContain('llm_api_calls_total{provider="OpenAI",model="model-a"} 3');

  db.pragma('max_page_count = 1000000');
  if (nextCall) expect(await ask()).toMatchObject({ text: 'Hello there', error: null });
  const written = Array(nextCall ? 4 : 3).fill(['done', 7]);
  for (let again = 0; again < 2; again += 1) {
    bench.diskRoom.retryNow();
    expect(modelCallsOfTurn(db, turnId).map(({ outcome, tokensIn }) => [outcome, tokensIn])).toEqual(written);
  }
});
