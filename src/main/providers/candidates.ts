import type { ModelRef, PresetId, ProviderAccount } from '@shared/model';
import type { Candidate } from './gateway';
import { presetOf } from './presets';

/** The model of an account as a candidate; null when the account cannot be called. */
const candidateOf = (account: ProviderAccount, model: string | null): Candidate | null => {
  const chosen = model ?? account.defaultModel ?? account.models[0]?.id;
  if (!chosen || !account.enabled || (presetOf(account.preset).needsKey && account.keyMask === null)) return null;
  const info = account.models.find(({ id }) => id === chosen);
  return {
    ref: { accountId: account.id, model: chosen },
    provider: account.name,
    model: chosen,
    contextTokens: info?.contextTokens ?? null,
    local: account.local,
  };
};

/** What was wanted and is not to be had: the answer says so. Null while nothing was, or it comes first. */
const insteadOf = (
  { ref }: Candidate,
  { accounts, wanted, preferredPreset }: Pick<Parameters<typeof chooseCandidates>[0], 'accounts' | 'wanted' | 'preferredPreset'>,
): Candidate['insteadOf'] | null => {
  const wish = wanted.find((one) => one !== null);
  if (wish) return wish.accountId === ref.accountId && wish.model === ref.model ? null : { from: wish.model, reason: 'model.missing' };
  if (!preferredPreset || accounts.find(({ id }) => id === ref.accountId)?.preset === preferredPreset) return null;
  return { from: presetOf(preferredPreset).name, reason: 'agent.provider' };
};

/**
 * Who could answer, in order: the model chosen, else the agent's, else its preferred provider, else the first; then, with
 * fallback on, the others in the person's order. A local model that was chosen falls back to local models only: the text of
 * someone who chose to keep it on the machine does not leave it by an accident. Pure.
 */
export const chooseCandidates = (input: {
  accounts: ProviderAccount[];
  /** The model asked for, most wanted first. */
  wanted: (ModelRef | null)[];
  preferredPreset: PresetId | null;
  fallback: boolean;
  isAbsent: (accountId: string) => boolean;
}): Candidate[] => {
  const { accounts, wanted, preferredPreset, fallback, isAbsent } = input;
  const asked = wanted.flatMap((ref) => {
    const account = ref && accounts.find(({ id }) => id === ref.accountId);
    return account ? [candidateOf(account, ref.model)] : [];
  });
  const present = accounts.filter(({ id }) => !isAbsent(id));
  const preferred = present.filter(({ preset }) => preset === preferredPreset);
  const others = [...preferred, ...present.filter((account) => !preferred.includes(account))].map((account) => candidateOf(account, null));
  const usable = [...asked, ...others].filter((candidate) => candidate !== null);
  const chosen = usable[0];
  if (!chosen) return [];
  const missed = insteadOf(chosen, input);
  const first: Candidate = missed ? { ...chosen, insteadOf: missed } : chosen;
  if (!fallback) return [first];
  const staysHere = first.local && asked.includes(chosen);
  const seen = new Set<string>([first.ref.accountId]);
  const rest = usable.filter(({ ref, local }) => {
    const fresh = !seen.has(ref.accountId) && (local || !staysHere);
    seen.add(ref.accountId);
    return fresh;
  });
  return [first, ...rest];
};
