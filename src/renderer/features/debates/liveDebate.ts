import { type Writing, withPiece } from '@renderer/conversation/writing';
import { assertNever, type Debate, type DebateEvent, type DebateTurn, type Source, type Thinking } from '@shared/model';

/** A contribution being written: its text so far and the sources it was given. */
interface LiveTurn extends Writing {
  seat: number;
  round: number;
  sources: Source[];
}

/** A debate that is being followed: the stored state, overlaid with the contributions being written. */
export interface LiveDebate {
  debate: Debate | null;
  /** By message id. */
  writing: Readonly<Record<string, LiveTurn>>;
  /** True when a piece of text did not follow the one before: the whole state must be read again. */
  lost: boolean;
}

export const nothingYet: LiveDebate = { debate: null, writing: {}, lost: false };

/** The contributions that are still being written when a reader arrives. */
const writingOf = (debate: Debate): Record<string, LiveTurn> =>
  Object.fromEntries(
    debate.turns
      .filter(({ message }) => message.state === 'streaming')
      .map(({ seat, round, message }) => [message.id, { seat, round, text: message.text, thinking: message.thinking, sources: [] }]),
  );

const withTurn = (turns: readonly DebateTurn[], turn: DebateTurn): DebateTurn[] => [
  ...turns.filter(({ message }) => message.id !== turn.message.id),
  turn,
];

/** The next state after an event of `debates.watch`. Pure; the same piece of text twice changes nothing. */
export const applyDebateEvent = (state: LiveDebate, event: DebateEvent): LiveDebate => {
  switch (event.type) {
    case 'state':
      return { debate: event.debate, writing: writingOf(event.debate), lost: false };
    case 'ended':
      return { debate: event.debate, writing: {}, lost: false };
    case 'round':
      return state.debate ? { ...state, debate: { ...state.debate, round: event.round } } : state;
    case 'turn_started': {
      // A stopped contribution continues after its earlier text.
      const before = state.debate?.turns.find(({ message }) => message.id === event.messageId)?.message;
      const turn = { seat: event.seat, round: event.round, text: before?.text ?? '', thinking: before?.thinking ?? null, sources: [] };
      return { ...state, writing: { ...state.writing, [event.messageId]: turn } };
    }
    case 'retrieved': {
      const turn = state.writing[event.messageId];
      return turn ? { ...state, writing: { ...state.writing, [event.messageId]: { ...turn, sources: event.sources } } } : state;
    }
    case 'delta':
    case 'thinking':
    case 'rethink': {
      const turn = state.writing[event.messageId];
      const next = turn && withPiece(turn, event);
      if (!next) return { ...state, lost: true };
      return next === turn ? state : { ...state, writing: { ...state.writing, [event.messageId]: next } };
    }
    case 'turn_ended': {
      const { [event.turn.message.id]: _ended, ...writing } = state.writing;
      const { turn, costs } = event;
      return { ...state, writing, debate: state.debate ? { ...state.debate, costs, turns: withTurn(state.debate.turns, turn) } : null };
    }
    default:
      return assertNever(event);
  }
};

/** The content of one cell of the table of seats and rounds. */
export type Contribution =
  | { kind: 'waiting' }
  | { kind: 'writing'; messageId: string; text: string; thinking: Thinking | null; sources: Source[] }
  | ({ kind: 'written' } & Pick<DebateTurn, 'message' | 'replaced' | 'condensed'>);

/** The contribution of a seat (-1: the mediator) in a round (0: the synthesis). */
export const contributionOf = ({ debate, writing }: LiveDebate, seat: number, round: number): Contribution => {
  const live = Object.entries(writing).find(([, turn]) => turn.seat === seat && turn.round === round);
  if (live) return { kind: 'writing', messageId: live[0], text: live[1].text, thinking: live[1].thinking, sources: live[1].sources };
  const turn = debate?.turns.findLast((known) => known.seat === seat && known.round === round && known.message.state !== 'streaming');
  return turn ? { kind: 'written', message: turn.message, replaced: turn.replaced, condensed: turn.condensed } : { kind: 'waiting' };
};

/** Cost and tokens by seat, the mediator last, as far as they are counted. Null: a price is unknown, or nothing was used. */
export const costsOf = ({ costs }: Debate): { agentId: string; seat: number; costNano: number | null; tokens: number; called: boolean }[] =>
  costs.map(({ agentId, part, usage }, index) => {
    const tokens = usage.inputTokens + usage.outputTokens;
    const called = tokens > 0;
    return { agentId, seat: part === 'mediator' ? -1 : index, tokens, called, costNano: called ? usage.costNano : null };
  });

/** The model of a seat: the one that answered last, else the chosen one. */
export const modelOf = (debate: Debate, seat: number): string | null =>
  debate.turns.findLast((turn) => turn.seat === seat && turn.message.info?.model)?.message.info?.model ??
  (debate.config.debaters[seat] ?? debate.config.mediator).model?.model ??
  null;

/** Passages cited in a debate, each once. */
export const citedSources = (debate: Debate): number =>
  new Set(debate.turns.flatMap(({ message }) => message.citations.map(({ versionId, start, end }) => `${versionId} ${start} ${end}`))).size;

/** Wall time of a round in milliseconds, from its first contribution's start to its last one's end; null before. Round 1 runs in parallel. */
export const roundMs = (debate: Debate, round: number): number | null => {
  const times = debate.turns
    .filter((turn) => turn.round === round && (round === 0) === (turn.seat === -1))
    .flatMap(({ message }) => (message.info?.ms == null ? [] : [message.info.ms]));
  if (times.length === 0) return null;
  return round === 1 ? Math.max(...times) : times.reduce((sum, ms) => sum + ms, 0);
};
