import { narrowByWords } from '@main/knowledge/narrowCitations';
import { replaceCitations } from '@main/store/citations';
import { findMessage, interruptStreamingMessage } from '@main/store/messages';
import { finishTurn, runningTurns, sourcesOfMessage } from '@main/store/turns';
import type { TurnDeps } from './turn';

/**
 * At the start of the program: closes the turns of every kind that a crash left open as interrupted, with the citations of their
 * text, and returns their number. May be called again where the disk had no room.
 */
export const createTurnCloser = ({ db, changes, telemetry, now }: Pick<TurnDeps, 'db' | 'changes' | 'telemetry' | 'now'>) => {
  /** Read once, so that a later try does not take this run's turns for those of the last. */
  let leftOpen: ReturnType<typeof runningTurns> | null = null;
  return (): number => {
    leftOpen ??= runningTurns(db);
    const open = leftOpen;
    const at = now();
    db.transaction(() => {
      for (const turn of open) {
        interruptStreamingMessage(db, turn.messageId, turn.id);
        const message = findMessage(db, turn.messageId);
        // An answer that was continued meanwhile belongs to its new turn.
        if (message?.turnId === turn.id)
          replaceCitations(db, message.id, narrowByWords(message.text, sourcesOfMessage(db, message.id)?.sources ?? []));
        finishTurn(db, turn.id, { state: 'interrupted', error: null, at });
      }
    })();
    for (const turn of open) {
      if (turn.kind !== 'debate') telemetry.increment('chat_turns_total', { outcome: 'interrupted' });
      changes.publish('message', turn.messageId);
      changes.publish('conversation', turn.conversationId);
    }
    return open.length;
  };
};
