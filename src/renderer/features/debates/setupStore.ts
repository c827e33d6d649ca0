import { type DebateConfig, type DebatePart, type DebateSeat, defaultAgents } from '@shared/model';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

/** Parts of the seats, in order. */
export const seatParts: readonly DebatePart[] = ['attacker', 'challenger', 'debater'];
export const newSeat = (index: number): DebateSeat => ({
  agentId: defaultAgents.debaters[index] ?? defaultAgents.answer,
  part: seatParts[index] ?? 'debater',
  side: '',
  model: null,
});

const fresh = (): DebateConfig => ({
  topic: '',
  debaters: [newSeat(0), newSeat(1)],
  mediator: { agentId: defaultAgents.mediator, part: 'mediator', side: '', model: null },
  rounds: 3,
  documents: true,
  collectionIds: [],
});

/** The debate being set up; it survives a reload. */
export const useSetup = create<DebateConfig>()(persist(fresh, { name: 'emergence.newDebate' }));

/** To be called after a start: only the topic and the sides are cleared; the seats and choices stay for the next debate. */
export const clearTopic = (): void => {
  useSetup.setState(({ debaters }) => ({ topic: '', debaters: debaters.map((seat) => ({ ...seat, side: '' })) }));
};
