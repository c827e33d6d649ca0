import { resolve } from 'node:path';
import { type Agents, createAgents } from '@main/agents/agents';
import { readAgentProfiles } from '@main/agents/profiles';
import { createPrompts } from '@main/prompts/createPrompts';
import type { ChangeBus } from '@main/store/changes';
import type { WritableDb } from '@main/store/database';

/** The agents that the program ships, over a test's database. */
export const openAgents = ({ db, changes }: { db: WritableDb; changes: ChangeBus }): Agents =>
  createAgents({
    db,
    changes,
    prompts: createPrompts({ folder: resolve('resources/prompts') }),
    profiles: readAgentProfiles(resolve('resources/agents.json')),
  });
