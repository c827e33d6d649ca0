import { isWithoutChat } from '@renderer/lib/modelChoices';
import type { ErrorRecord, ProviderAccount } from '@shared/model';

/** The state of an account, in the order in which it matters to the person. */
export type AccountState =
  | { kind: 'off' }
  | { kind: 'untested' }
  | { kind: 'working'; ms: number }
  /** It works and answers no question. `apart`: its server lists models for other work. */
  | { kind: 'noChat'; apart: boolean }
  | { kind: 'resting' }
  | { kind: 'failing'; error: ErrorRecord };

export const accountState = (account: ProviderAccount): AccountState => {
  if (!account.enabled) return { kind: 'off' };
  if (account.circuit === 'open') return { kind: 'resting' };
  if (!account.lastTest) return { kind: 'untested' };
  if (isWithoutChat(account)) return { kind: 'noChat', apart: account.apart.length > 0 };
  if (account.lastTest.ok) return { kind: 'working', ms: account.lastTest.ms };
  return account.lastTest.error ? { kind: 'failing', error: account.lastTest.error } : { kind: 'untested' };
};

/** Rate limits pass by themselves: they are warnings, not failures. */
export const isPassing = (error: ErrorRecord): boolean => error.action === 'wait';

/** The list with one item moved by one place; the same list where it cannot move. */
export const moved = (ids: readonly string[], id: string, step: 1 | -1): string[] => {
  const from = ids.indexOf(id);
  const to = from + step;
  const next = [...ids];
  if (from < 0 || to < 0 || to >= ids.length) return next;
  next.splice(from, 1);
  next.splice(to, 0, id);
  return next;
};
