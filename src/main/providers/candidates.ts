import type { ModelRef, ProviderAccount } from '@shared/model';
import type { Candidate } from './gateway';
import { presetOf } from './presets';

/** The model of an account as a candidate; null when the account cannot be called. */
const candidateOf = (account: ProviderAccount, model: string | null): Candidate | null => {
  const chosen = model ?? account.defaultModel ?? account.models[0]?.id;
  if (!chosen || !account.enabled || (presetOf(account.preset).needsKey && account.keyMask === null)) return null;
  const info = account.models.find(({ id }) => id === chosen);
  const remote = info?.remote ?? (account.preset === 'ollama' && /[:-]cloud$/.test(chosen));
  return {
    ref: { accountId: account.id, model: chosen },
    provider: account.name,
    model: chosen,
    contextTokens: info?.contextTokens ?? null,
    // A server on this machine may pass a model's work to another machine.
    local: account.local && !remote,
  };
};

/**
 * The models that could answer, in order: the chosen one, else the agent's, else the first of the list; then, with fallback on, the
 * others in the order of the list. Text that would stay on this machine must not leave it by accident: after a local model, chosen
 * or first in the list, only local ones follow, unless the person allowed the others (`mayLeave`). Pure.
 */
export const chooseCandidates = (input: {
  accounts: ProviderAccount[];
  /** The models that the person chose, the most wanted first. */
  wanted: (ModelRef | null)[];
  fallback: boolean;
  mayLeave: boolean;
  isAbsent: (accountId: string) => boolean;
}): Candidate[] => {
  const { accounts, wanted, fallback, mayLeave, isAbsent } = input;
  const wish = wanted.find((ref) => ref !== null) ?? null;
  const wished = accounts.find(({ id }) => id === wish?.accountId);
  const asked = wanted.flatMap((ref) => {
    const account = ref && accounts.find(({ id }) => id === ref.accountId);
    return (account && candidateOf(account, ref.model)) ?? [];
  });
  const all = accounts.flatMap((account) => candidateOf(account, null) ?? []);
  const present = all.filter(({ ref }) => !isAbsent(ref.accountId));
  // The model that is meant to answer decides where the text may go, even if it cannot answer now.
  const switchedOff = wish !== null && wished?.local === true && candidateOf(wished, wish.model) === null;
  const staysHere = switchedOff || (asked[0] ?? all[0])?.local === true;
  const allowed = (candidate: Candidate): boolean => candidate.local || mayLeave || !staysHere;
  const usable = [...asked, ...present].filter(allowed);
  // The local server that comes first is not running, and the running ones are elsewhere: calling the first reports that.
  if (usable.length === 0) return present.length > 0 && all[0]?.local && !wish ? [all[0]] : [];
  const [chosen] = usable as [Candidate];
  const missed = wish && (wish.accountId !== chosen.ref.accountId || wish.model !== chosen.ref.model) ? wish : null;
  const first: Candidate = missed ? { ...chosen, insteadOf: { from: missed.model, reason: 'model.missing' } } : chosen;
  if (!fallback) return [first];
  const seen = new Set<string>([first.ref.accountId]);
  const rest = usable.filter(({ ref }) => {
    const fresh = !seen.has(ref.accountId);
    seen.add(ref.accountId);
    return fresh;
  });
  return [first, ...rest];
};
