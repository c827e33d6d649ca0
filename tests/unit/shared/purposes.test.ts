import { globSync, readFileSync } from 'node:fs';
import { debateCosts } from '@main/store/debates';
import { readLedger } from '@main/store/metrics';
import { migrate } from '@main/store/migrate';
import { insertModelCall } from '@main/store/modelCalls';
import { insertTurn, ledgerUsage } from '@main/store/turns';
import { ledgerFigures } from '@main/telemetry/ledgerFigures';
import { type CallPurpose, callPurposes, newId, purposesWhere } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';

const names = purposesWhere(() => true);

test('every purpose has its word in each language, and no word is left over', () => {
  for (const language of ['en', 'fr']) {
    const { usage } = JSON.parse(readFileSync(`src/renderer/locales/${language}/metrics.json`, 'utf8')) as { usage: { purposes: object } };
    expect(Object.keys(usage.purposes).sort(), language).toEqual([...names].sort());
  }
});

test('an answer, a debate and the metrics count a call as the table of purposes defines', () => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  const [turnId, conversationId] = [newId(), newId()];
  db.exec(`INSERT INTO conversations(id, kind, settings, created_at, updated_at) VALUES ('${conversationId}', 'debate', '{}', 1, 1)`);
  const turn = { id: turnId, conversationId, questionId: null, messageId: newId(), kind: 'debate', agentId: 'neo', createdAt: 1 } as const;
  insertTurn(db, { ...turn, seat: 0, round: 1 });
  // Each purpose has its own bit, so that a sum shows which calls are in it.
  const bitOf = (purpose: CallPurpose): number => 2 ** names.indexOf(purpose);
  const sumOf = (holds: Parameters<typeof purposesWhere>[0]): number => purposesWhere(holds).reduce((sum, name) => sum + bitOf(name), 0);
  for (const purpose of names) {
    const figures = {
      tokensIn: bitOf(purpose),
      tokensOut: 1,
      tokensCached: 0,
      estimated: false,
      costNano: bitOf(purpose),
      firstWordMs: 1,
      ms: 1,
    };
    const call = {
      id: newId(),
      at: 1,
      purpose,
      turnId,
      conversationId,
      agentId: 'neo',
      provider: 'P',
      model: purpose,
      promptVersionId: null,
    };
    insertModelCall(db, { ...call, ...figures, attempt: 1, outcome: 'done', errorCode: null });
  }
  expect(ledgerUsage(db, turnId)?.inputTokens).toBe(sumOf(({ beside }) => !beside));
  const costs = new Map(debateCosts(db, conversationId).map(({ seat, usage }) => [seat, usage.costNano]));
  expect(costs.get(-1)).toBe(sumOf(({ debate }) => debate === 'mediator'));
  const { debateCostNano, firstWord, usage } = ledgerFigures({ from: 0, to: 10, bucket: 10 }, readLedger(db, { from: 0, to: 10 }));
  expect(debateCostNano).toBe(sumOf(({ debate }) => debate !== null));
  expect(firstWord.count).toBe(purposesWhere(({ awaited }) => awaited).length);
  expect(usage.map(({ purpose }) => purpose).sort()).toEqual([...names].sort());
});

test('only the table distinguishes purposes', () => {
  const compares = new RegExp(`purpose\\b[^\\n;]{0,30}(?:[=!]==|\\bIN\\b|\\bWHEN\\b)[\\s(]*'(?:${Object.keys(callPurposes).join('|')})'`);
  const wrong = globSync('src/**/*.{ts,tsx}').filter((file) => compares.test(readFileSync(file, 'utf8')));
  expect(wrong, 'Add what is to be known of a purpose to src/shared/model/purposes.ts').toEqual([]);
});
