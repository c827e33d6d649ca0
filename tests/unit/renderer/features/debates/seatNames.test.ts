import { seatName } from '@renderer/features/debates/seatNames';
import { newSeat } from '@renderer/features/debates/setupStore';
import type { DebatePart, DebateSeat } from '@shared/model';
import { expect, test } from 'vitest';

const seat = (agentId: string, part: DebatePart): DebateSeat => ({ agentId, part, side: '', model: null });
const names = (debaters: DebateSeat[], mediator: DebateSeat): string[] =>
  [0, 1, 2, -1].map(
    (at) =>
      seatName(
        { debaters, mediator },
        at,
        (id) => id.toUpperCase(),
        (part) => part,
      ).name,
  );

test("names a third debater of the mediator's agent differently from the mediator", () => {
  const debaters = [seat('anima', 'attacker'), seat('neo', 'challenger'), seat('nexus', 'debater')];
  expect(names(debaters, seat('nexus', 'mediator'))).toEqual(['ANIMA', 'NEO', 'NEXUS, debater', 'NEXUS, mediator']);
});

test('distinguishes seats of one agent by their parts', () => {
  const debaters = [seat('neo', 'attacker'), seat('neo', 'challenger'), seat('anima', 'debater')];
  expect(names(debaters, seat('neo', 'mediator'))).toEqual(['NEO, attacker', 'NEO, challenger', 'ANIMA', 'NEO, mediator']);
});

test('gives no new debater the agent that mediates by default', () => {
  expect([0, 1, 2].map((index) => newSeat(index).agentId)).not.toContain('nexus');
});
