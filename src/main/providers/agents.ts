import { readAgentRows, writeAgentRow } from '@main/store/agents';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';
import { readFields } from '@main/store/json';
import { type Agent, type agentIds, agentSchema, EmergenceError } from '@shared/model';

const names: Record<(typeof agentIds)[number], string> = { anima: 'AnimA', neo: 'Neo', nexus: 'Nexus' };

export interface Agents {
  list(): Agent[];
  /** Throws `not_found`. */
  get(id: string): Agent;
  update(patch: Pick<Agent, 'id'> & Partial<Pick<Agent, 'model' | 'temperature' | 'maxOutputTokens'>>): Agent;
}

const storedSchema = agentSchema.pick({ model: true, temperature: true, maxOutputTokens: true });
const notSet = { model: null, temperature: null, maxOutputTokens: null };

/** The agents with what the person set for them; what is broken of a row counts as not set. */
export const createAgents = ({ db, changes }: { db: WritableDb; changes: ChangeBus }): Agents => {
  const list = (): Agent[] => {
    const rows = new Map(readAgentRows(db).map(({ id, config }) => [id, config]));
    return Object.entries(names).map(([id, name]) => {
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
  };
};
