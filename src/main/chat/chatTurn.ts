import type { MemoryLine } from '@main/memory/recall/recallText';
import type { TurnRecall } from '@main/memory/recall/turnRecall';
import type { Summaries } from '@main/memory/summary/summaries';
import type { Timelines } from '@main/memory/timeline/timeline';
import type { PassagesAnswerer } from '@main/providers/gateway';
import type { OpenTurn, TurnDeps } from '@main/turns/turn';
import type { About, AnswerInfo, ConversationSettings, EmergenceError, Message, ProviderAccount, Settings, Source } from '@shared/model';

export interface ChatTurnDeps extends TurnDeps {
  passages: PassagesAnswerer;
  /** The accounts with their models and prices. */
  accounts: () => ProviderAccount[];
  settings: () => Pick<Settings, 'conversations' | 'library'>;
  /** The services of memory that a turn asks. */
  memory: { timelines: Timelines; recall: TurnRecall; zone: () => string; summaries: Pick<Summaries, 'of' | 'consider'> };
}

/** A turn that answers a question. */
export interface ChatTurn extends OpenTurn {
  question: Message;
  settings: ConversationSettings;
  language: 'en' | 'fr';
  /** The document at hand. */
  about: About | null;
  /** True where the person said yes to what is to be paid. */
  confirmed: boolean;
}

/** How an answer was written, with or without a model. */
export interface Answered extends Pick<AnswerInfo, 'provider' | 'model' | 'usage' | 'firstWordMs' | 'fallback'> {
  /** The excerpts that an answer without a model quotes word for word; null in a model's answer. */
  quoted: readonly Source[] | null;
  /** The lines of memory that the answer was given or shows. */
  memories: readonly MemoryLine[];
  error: EmergenceError | null;
}
