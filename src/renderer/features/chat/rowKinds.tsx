import type { Speaker } from '@renderer/base/useAgents';
import { Skeleton } from '@renderer/ui/Skeleton';
import type { Message, ModelRef } from '@shared/model';
import { AnswerRow } from './AnswerRow';
import { type RowKinds, usualHeight } from './MessageList';
import { Question } from './Question';
import type { Row } from './rows';
import type { TurnActions } from './useTurnActions';

/** The parts of the page that its rows use. */
export interface RowPage {
  speakerOf: (agentId: string) => Speaker;
  /** The agent that answers where a message names none. */
  agentId: string;
  actions: TurnActions;
  onEdit: (message: Message) => void;
  onRegenerate: (message: Message, model?: ModelRef) => void;
}

/** The one table of what a row of a conversation can be. */
export const rowKinds: RowKinds<Row, RowPage> = {
  question: {
    height: usualHeight,
    draw: ({ message }, position, { onEdit }) => <Question message={message} onEdit={onEdit} {...position} />,
  },
  answer: {
    height: usualHeight,
    draw: ({ message, turn }, position, { speakerOf, agentId, actions, onRegenerate }) => (
      <AnswerRow
        message={message}
        turnId={turn?.turnId ?? null}
        {...speakerOf(turn?.speaker ?? message?.speaker ?? agentId)}
        actions={actions}
        onRegenerate={onRegenerate}
        {...position}
      />
    ),
  },
  unloaded: {
    height: usualHeight,
    isAwaited: true,
    draw: () => (
      <div style={{ height: usualHeight }} aria-hidden>
        <Skeleton />
      </div>
    ),
  },
};
