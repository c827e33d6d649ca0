import { createAgents } from '@main/providers/agents';
import { writeAgentRow } from '@main/store/agents';
import { createChangeBus } from '@main/store/changes';
import { migrate } from '@main/store/migrate';
import { newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

it('agents keep what the person set for them, and read past a broken row', () => {
  const db = new Database(':memory:');
  migrate(db);
  const agents = createAgents({ db, changes: createChangeBus() });
  expect(agents.list().map(({ id, name, model }) => [id, name, model])).toEqual([
    ['anima', 'AnimA', null],
    ['neo', 'Neo', null],
    ['nexus', 'Nexus', null],
  ]);
  const model = { accountId: newId(), model: 'm' };
  agents.update({ id: 'neo', model, temperature: 0.3 });
  agents.update({ id: 'neo', maxOutputTokens: 500, temperature: undefined });
  expect(agents.get('neo')).toEqual({ id: 'neo', name: 'Neo', model, temperature: 0.3, maxOutputTokens: 500 });
  writeAgentRow(db, 'neo', '{');
  expect(agents.get('neo').model).toBeNull();
  expect(() => agents.update({ id: 'nobody' })).toThrow(expect.objectContaining({ code: 'not_found' }));
});
