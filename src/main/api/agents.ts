import type { Agents } from '@main/agents/agents';
import { api } from './base';

export const createAgentsApi = ({ agents }: { agents: Agents }) => ({
  list: api.agents.list.handler(() => agents.list()),
  update: api.agents.update.handler(({ input }) => agents.update(input)),
});
