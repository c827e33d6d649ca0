import { readAgentRows, writeAgentRow } from '@main/store/agents';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { readFields } from '@main/store/json';
import { type Agent, type agentIds, agentSchema, EmergenceError, type PresetId } from '@shared/model';

/** The three agents and the provider each one prefers while the person chose none. */
const builtIn: Record<(typeof agentIds)[number], { name: string; prefers: PresetId }> = {
  anima: { name: 'AnimA', prefers: 'openai' },
  neo: { name: 'Neo', prefers: 'google' },
  nexus: { name: 'Nexus', prefers: 'anthropic' },
};

export interface Agents {
  list(): Agent[];
  /** Throws `not_found`. */
  get(id: string): Agent;
  update(patch: Pick<Agent, 'id'> & Partial<Pick<Agent, 'model' | 'temperature' | 'maxOutputTokens'>>): Agent;
  /** The preset that an agent without a model of its own takes, if it is set up. */
  preferredPreset(id: string): PresetId | null;
}

const storedSchema = agentSchema.pick({ model: true, temperature: true, maxOutputTokens: true });
const notSet = { model: null, temperature: null, maxOutputTokens: null };

/** The agents with what the person set for them; what is broken of a row counts as not set. */
export const createAgents = ({ db, changes }: { db: WritableDb; changes: ChangeBus }): Agents => {
  const list = (): Agent[] => {
    const rows = new Map(readAgentRows(db).map(({ id, config }) => [id, config]));
    return Object.entries(builtIn).map(([id, { name }]) => {
      return { id, name, ...(readFields(storedSchema, rows.get(id) ?? null, notSet, `agents ${id}`) ?? notSet) };
    });
  };
  const get = (id: string): Agent => {
    const agent = list().find((one) => one.id === id);
    if (!agent) throw new EmergenceError('not_found', { agent: id });
    return agent;
  };
  return {
    list,
    get,
    update: ({ id, ...patch }) => {
      const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
      const agent: Agent = { ...get(id), ...given };
      writeAgentRow(db, id, JSON.stringify(storedSchema.parse(agent)));
      changes.publish('agent', id);
      return agent;
    },
    preferredPreset: (id) => (id in builtIn ? builtIn[id as keyof typeof builtIn].prefers : null),
  };
};
