import { createDebates, type Debates } from '@main/debates/debateService';
import type { Candidate, GatewayRequest } from '@main/providers/gateway';
import { insertConversation } from '@main/store/conversations';
import { insertMessage } from '@main/store/messages';
import { type DebateConfig, defaultConversationSettings, newId } from '@shared/model';
import { onTestFinished } from 'vitest';
import { candidate, createHarness, type Harness, type Script, scriptedGateway } from '../chat/harness';

export const models = { anima: candidate('model-a'), neo: candidate('model-b'), nexus: candidate('model-c') };
export const config = (more: Partial<DebateConfig> = {}): DebateConfig => ({
  topic: 'Should the town close its centre to cars?',
  debaters: [
    { agentId: 'neo', part: 'attacker', side: 'Against closing', model: models.neo.ref },
    { agentId: 'anima', part: 'challenger', side: 'For closing', model: models.anima.ref },
  ],
  mediator: { agentId: 'nexus', part: 'mediator', side: '', model: models.nexus.ref },
  rounds: 2,
  documents: false,
  collectionIds: [],
  ...more,
});

/** Every seat has its own model and no fallback, as with fallback switched off. */
export const ownModelOnly = (choice: { model: { model: string } | null }): Candidate[] =>
  Object.values(models).filter(({ model }) => model === choice.model?.model);

/** A debate room. `more.gateway` replaces the scripts; `folder` is one that a crash left behind. */
export const start = (
  scripts: (request: GatewayRequest, model: Candidate) => Script,
  more: Parameters<typeof createHarness>[0] = {},
  folder?: string,
): Harness & { debates: Debates; gateway: ReturnType<typeof scriptedGateway> } => {
  const gateway = scriptedGateway(Object.values(models), scripts);
  gateway.candidatesFor = ownModelOnly;
  const harness = createHarness({ gateway, ...more }, folder);
  const debates = createDebates(harness.deps);
  onTestFinished(async () => {
    await debates.shutdown();
    await harness.close();
  });
  return { ...harness, debates, gateway };
};

/** Runs until it fails for want of room. */
const exhaust = (write: () => void): void => {
  try {
    for (;;) write();
  } catch (error) {
    if ((error as { code?: string }).code !== 'SQLITE_FULL') throw error;
  }
};

/**
 * Stops the database from growing and uses up the room in the pages that a debate writes to. Works on real SQLite, like a full
 * disk; `freeDisk` gives room again.
 */
export const fillDisk = ({ db }: Harness): void => {
  const filler = newId();
  insertConversation(db, { id: filler, kind: 'chat', settings: defaultConversationSettings, now: 1 });
  db.pragma(`max_page_count = ${db.pragma('page_count', { simple: true })}`);
  const message = { conversationId: filler, parentId: null, turnId: null, role: 'user', speaker: null, state: 'complete', at: 1 } as const;
  exhaust(() => insertMessage(db, { ...message, id: newId(), text: 'filler' }));
  const grow = db.prepare('UPDATE debates SET topic = topic || ?');
  for (const step of [512, 64, 8])
    exhaust(() => {
      if (grow.run('x'.repeat(step)).changes === 0) throw new Error('there is no debate to fill the page of');
    });
};

export const freeDisk = ({ db }: Harness): void => {
  db.pragma('max_page_count = 1000000');
};
