import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createAgents } from '@main/agents/agents';
import { readAgentProfiles } from '@main/agents/profiles';
import { createPrompts } from '@main/prompts/createPrompts';
import { writeAgentRow } from '@main/store/agents';
import { createChangeBus } from '@main/store/changes';
import { migrate } from '@main/store/migrate';
import { type AgentProfile, defaultAgents, newId } from '@shared/model';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openAgents } from '../../support/agents';
import { temporaryFolder } from '../../support/temporaryFolder';

const openDatabase = (): Database.Database => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db);
  return db;
};
const profiles = readAgentProfiles(resolve('resources/agents.json'));

it("keeps the person's settings of agents, and reads past a broken row", () => {
  const db = openDatabase();
  const agents = openAgents({ db, changes: createChangeBus() });
  expect(agents.list().map(({ id, name, model }) => [id, name, model])).toEqual([
    ['anima', 'AnimA', null],
    ['neo', 'Neo', null],
    ['nexus', 'Nexus', null],
  ]);
  const model = { accountId: newId(), model: 'm' };
  agents.update({ id: 'neo', model, temperature: 0.3 });
  agents.update({ id: 'neo', maxOutputTokens: 500, temperature: undefined });
  expect(agents.get('neo')).toMatchObject({ id: 'neo', name: 'Neo', model, temperature: 0.3, maxOutputTokens: 500 });
  writeAgentRow(db, 'neo', '{');
  expect(agents.get('neo').model).toBeNull();
  expect(() => agents.update({ id: 'nobody' })).toThrow(expect.objectContaining({ code: 'not_found' }));
});

it('gives an unknown agent its id as name and the default persona', () => {
  const agents = openAgents({ db: openDatabase(), changes: createChangeBus() });
  expect(['neo', 'nobody'].map(agents.nameOf)).toEqual(['Neo', 'nobody']);
  expect(agents.persona('neo', 'fr')).toMatch(/^Tu es Neo/);
  expect(agents.persona('nobody', 'en')).toBe(agents.persona(defaultAgents.answer, 'en'));
});

it('needs only an entry in the list and a persona for another agent', () => {
  const ada: AgentProfile = { id: 'ada', name: 'Ada', mark: null, note: { en: 'counts', fr: 'compte' } };
  const folder = temporaryFolder();
  cpSync('resources/prompts', folder, { recursive: true });
  const open = () => {
    const prompts = createPrompts({ folder });
    return createAgents({ db: openDatabase(), changes: createChangeBus(), prompts, profiles: [...profiles, ada] });
  };
  expect(open).toThrow('agent-ada');
  writeFileSync(join(folder, 'agent-ada.en.md'), '---\nversion: 1\n---\nYou are Ada.');
  const agents = open();
  expect(agents.list().at(-1)).toEqual({ ...ada, model: null, temperature: null, maxOutputTokens: null, learns: true });
  expect([agents.nameOf('ada'), agents.persona('ada', 'en')]).toEqual(['Ada', 'You are Ada.']);
});

it('has a persona for every agent in each language, and every default exists', () => {
  const agents = openAgents({ db: openDatabase(), changes: createChangeBus() });
  for (const language of ['en', 'fr'] as const) {
    const personas = profiles.map(({ id }) => agents.persona(id, language));
    expect(new Set([...personas, agents.persona(defaultAgents.answer, language === 'en' ? 'fr' : 'en')]).size).toBe(profiles.length + 1);
  }
  const ids = profiles.map(({ id }) => id);
  for (const id of [defaultAgents.answer, defaultAgents.mediator, ...defaultAgents.debaters]) expect(ids).toContain(id);
  expect(defaultAgents.debaters).not.toContain(defaultAgents.mediator);
});

it('no code distinguishes agents by their ids', () => {
  // The first defines the defaults; the others have the names as words of questions about the program.
  const exempt = ['src/shared/model/agent.ts', 'src/main/knowledge/guideScope.ts', 'src/main/knowledge/smallTalk.ts'];
  const named = new RegExp(
    `['"\`](?:agent-)?(?:${profiles.map(({ id }) => id).join('|')})['"\`]|\\b(?:${profiles.map(({ id }) => id).join('|')}):`,
  );
  const wrong = globSync('src/**/*.{ts,tsx,css}')
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !exempt.includes(file) && named.test(readFileSync(file, 'utf8')));
  expect(wrong, 'What is to be known of an agent belongs in resources/agents.json').toEqual([]);
});
