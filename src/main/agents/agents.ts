import type { Prompts } from '@main/prompts/prompts';
import { readAgentRows, writeAgentRow } from '@main/store/agents';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { readFields } from '@main/store/json';
import { type Agent, type AgentProfile, agentSchema, defaultAgents, EmergenceError } from '@shared/model';

export interface Agents {
  list(): Agent[];
  /** Throws `not_found`. */
  get(id: string): Agent;
  /** The name of an agent; its id where it does not exist (any more). */
  nameOf(id: string): string;
  /** The persona of an agent for the prompt; an unknown agent gets that of the default one. */
  persona(id: string, language: 'en' | 'fr'): string;
  update(patch: Pick<Agent, 'id'> & Partial<Pick<Agent, 'model' | 'temperature' | 'maxOutputTokens' | 'learns'>>): Agent;
}

/** The part of the agents that answers and debates need. */
export type Speakers = Pick<Agents, 'get' | 'nameOf' | 'persona'>;

const storedSchema = agentSchema.pick({ model: true, temperature: true, maxOutputTokens: true, learns: true });
const notSet = { model: null, temperature: null, maxOutputTokens: null, learns: true };

/**
 * The agents with the person's settings; a broken part of a row counts as not set. Throws where one has no persona, so that the
 * start fails and not an answer half-way.
 */
export const createAgents = ({
  db,
  changes,
  prompts,
  profiles,
}: {
  db: WritableDb;
  changes: ChangeBus;
  prompts: Pick<Prompts, 'render'>;
  profiles: readonly AgentProfile[];
}): Agents => {
  const persona = (id: string, language: 'en' | 'fr'): string => prompts.render(`agent-${id}`, language, {}).text;
  for (const { id } of profiles) persona(id, 'en');
  const list = (): Agent[] => {
    const rows = new Map(readAgentRows(db).map(({ id, config }) => [id, config]));
    return profiles.map((profile) => ({
      ...profile,
      ...(readFields(storedSchema, rows.get(profile.id) ?? null, notSet, `agents ${profile.id}`) ?? notSet),
    }));
  };
  const profileOf = (id: string): AgentProfile | undefined => profiles.find((profile) => profile.id === id);
  const get = (id: string): Agent => {
    const agent = list().find((one) => one.id === id);
    if (!agent) throw new EmergenceError('not_found', { agent: id });
    return agent;
  };
  return {
    list,
    get,
    nameOf: (id) => profileOf(id)?.name ?? id,
    persona: (id, language) => persona(profileOf(id)?.id ?? defaultAgents.answer, language),
    update: ({ id, ...patch }) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const agent: Agent = { ...get(id), ...given };
      writeAgentRow(db, id, JSON.stringify(storedSchema.parse(agent)));
      changes.publish('agent', id);
      return agent;
    },
  };
};
