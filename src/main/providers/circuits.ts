import type { ChangeBus } from '@main/store/changes';
import type { Telemetry } from '@main/telemetry/telemetry';
import { EmergenceError, type ErrorCode, type ProviderAccount } from '@shared/model';
import { BrokenCircuitError, type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import type { Policies } from './policies';

interface GuardedCall {
  accountId: string;
  /** Account name, for metrics and logs. */
  provider: string;
  model: string;
  signal: AbortSignal;
}

export interface Circuits {
  /**
   * Runs a call under the circuit breaker of its model. Throws `provider.circuit_open` without calling while the circuit is open.
   */
  run<T>(call: GuardedCall, work: () => Promise<T>): Promise<T>;
  /** The worst state among the circuits of an account's models. */
  stateOf(accountId: string): ProviderAccount['circuit'];
  /** Closes the circuits of an account: after a new key, a new address or a test that passed. */
  reset(accountId: string): void;
}

/** Failures that concern the provider's health. A wrong key, a bad request or a Stop does not. */
const unhealthy: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'provider.unavailable',
  'provider.timeout',
  'provider.interrupted',
  'provider.protocol',
  'provider.rate_limited',
]);

const names = { [CircuitState.Closed]: 'closed', [CircuitState.HalfOpen]: 'half-open', [CircuitState.Open]: 'open' } as const;
type Named = (typeof names)[keyof typeof names];

/**
 * Circuit breakers, one per account and model: opened by several failures in a row, and after a while tried again with one call.
 */
export const createCircuits = (deps: { telemetry: Telemetry; changes: ChangeBus; policy: Policies['circuit'] }): Circuits => {
  const { telemetry, changes, policy } = deps;
  const byAccount = new Map<string, Map<string, { breaker: CircuitBreakerPolicy; state: Named; openedAt: number }>>();

  const circuitOf = (accountId: string, provider: string, model: string) => {
    const models = byAccount.get(accountId) ?? new Map();
    byAccount.set(accountId, models);
    const existing = models.get(model);
    if (existing) return existing;
    const breaker = circuitBreaker(
      handleWhen((error) => error instanceof EmergenceError && unhealthy.has(error.code)),
      { halfOpenAfter: policy.halfOpenAfterMs, breaker: new ConsecutiveBreaker(policy.failures) },
    );
    const circuit = { breaker, state: 'closed' as Named, openedAt: 0 };
    breaker.onStateChange((state) => {
      if (state === CircuitState.Isolated) return;
      circuit.state = names[state];
      if (state === CircuitState.Open) circuit.openedAt = Date.now();
      telemetry.increment('circuit_breaker_state_changes_total', { provider, model, state: circuit.state });
      telemetry.log.warn({ provider, model, state: circuit.state }, 'circuit changed');
      changes.publish('provider', accountId);
    });
    models.set(model, circuit);
    return circuit;
  };

  return {
    run: async <T>({ accountId, provider, model, signal }: GuardedCall, work: () => Promise<T>): Promise<T> => {
      const circuit = circuitOf(accountId, provider, model);
      // While one call tries a half-open circuit the others wait for it, and Stop must end that wait too. A call that has started
      // gets the signal itself, and is awaited so that it can write its row into the ledger.
      const wait = Promise.withResolvers<never>();
      let started = false;
      const onAbort = (): void => {
        if (!started) wait.reject(new EmergenceError('cancelled'));
      };
      signal.addEventListener('abort', onAbort, { once: true });
      const guarded = async (): Promise<T> => {
        if (signal.aborted) throw new EmergenceError('cancelled');
        started = true;
        return work();
      };
      try {
        return await Promise.race([circuit.breaker.execute(guarded), wait.promise]);
      } catch (error) {
        if (!(error instanceof BrokenCircuitError)) throw error;
        const retryAfterMs = Math.max(0, circuit.openedAt + policy.halfOpenAfterMs - Date.now());
        throw new EmergenceError('provider.circuit_open', { provider, model, retryAfterMs }, { cause: error });
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
    stateOf: (accountId) => {
      const states = [...(byAccount.get(accountId)?.values() ?? [])].map(({ state }) => state);
      return states.includes('open') ? 'open' : states.includes('half-open') ? 'half-open' : 'closed';
    },
    reset: (accountId) => {
      if (byAccount.delete(accountId)) changes.publish('provider', accountId);
    },
  };
};
