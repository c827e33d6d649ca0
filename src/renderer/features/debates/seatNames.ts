import type { DebateConfig, DebatePart } from '@shared/model';

const mediator = -1;

/**
 * The name of a seat (-1: the mediator's): its agent, and its part as well where that agent has another seat too. Otherwise a
 * debater that shares its agent with the mediator would look like the mediator.
 */
export const seatName = (
  { debaters, mediator: mediating }: Pick<DebateConfig, 'debaters' | 'mediator'>,
  seat: number,
  nameOf: (agentId: string) => string,
  partOf: (part: DebatePart) => string,
): { name: string; shared: boolean } => {
  const seats = [...debaters, mediating];
  const own = seat === mediator ? mediating : (debaters[seat] ?? mediating);
  const shared = seats.filter(({ agentId }) => agentId === own.agentId).length > 1;
  const name = nameOf(own.agentId);
  return { name: shared || own === mediating ? `${name}, ${partOf(own.part)}` : name, shared };
};
