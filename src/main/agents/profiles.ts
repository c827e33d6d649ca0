import { readFileSync } from 'node:fs';
import { type AgentProfile, agentProfileSchema } from '@shared/model';
import { z } from 'zod';

/** Reads `resources/agents.json`. Throws when it does not have its form. */
export const readAgentProfiles = (file: string): AgentProfile[] =>
  z.array(agentProfileSchema).parse(JSON.parse(readFileSync(file, 'utf8')));
