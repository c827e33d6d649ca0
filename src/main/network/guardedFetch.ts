import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { EmergenceError, isNearby } from '@shared/model';
import type { Dispatcher } from 'undici';
import { reachOf } from './addressRanges';
import { loadUndici, through } from './fetch';
import { pageError, toPageError } from './pageErrors';
import { isThisMachine, type ProxyFor } from './proxies';

export interface PageLimits {
  redirects: number;
  /** Milliseconds without a byte. */
  silenceMs: number;
  /** Milliseconds for all of it, so that a server that drips its bytes comes to an end. */
  totalMs: number;
}
export const pageLimits: PageLimits = { redirects: 8, silenceMs: 20_000, totalMs: 120_000 };

/** An answer whose body has not been read yet. */
export interface GuardedAnswer {
  /** The address that answered, after all redirects. */
  address: string;
  headers: { get(name: string): string | null };
  /** The unpacked bytes. Throws `page.failed`; ends with `too_large` after `mostBytes`. */
  body(mostBytes: number): AsyncGenerator<Uint8Array>;
}

export type GuardedFetch = <Result>(
  address: string,
  options: { signal?: AbortSignal | undefined; limits?: PageLimits },
  read: (answer: GuardedAnswer) => Promise<Result>,
) => Promise<Result>;

/** True for a host that names a place near this machine by itself: its IP address, or a name that only a local network knows. */
const namesNearby = (host: string): boolean => {
  const reach = reachOf(host);
  return reach === null ? isThisMachine(host) || isNearby(host) : reach === 'private';
};

/**
 * Resolves a name and passes on only addresses that may be reached. The connection is made to just these, so that a name cannot be
 * resolved to another address between the check and the call.
 */
const guardedLookup =
  (mayBePrivate: boolean): LookupFunction =>
  (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const allowed = found.filter(({ address }) => {
        const reach = reachOf(address);
        return reach === 'public' || (reach === 'private' && mayBePrivate);
      });
      const [first] = allowed;
      if (!first) done(pageError('private'), '');
      else if (options.all) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };

/** Asks the system for the addresses of a name that a proxy will resolve; a name that only the proxy knows is left to it. */
const checkForProxy = (host: string): Promise<void> =>
  new Promise((pass, refuse) => {
    resolve(host, { all: true }, (_, found = []) => {
      if (found.some(({ address }) => reachOf(address) !== 'public')) refuse(pageError('private'));
      else pass();
    });
  });

/** Throws where the server has no page to give. */
const checkStatus = (status: number): void => {
  if (status < 300) return;
  if (status === 401 || status === 402 || status === 403 || status === 407) throw pageError('login', { status });
  if (status === 404 || status === 410) throw pageError('missing', { status });
  throw pageError(status === 429 || status === 503 ? 'busy' : 'server', { status });
};

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** The next address of a redirect. Throws where it is no web address. */
const targetOf = (location: string | null, from: URL): URL => {
  const url = location === null ? null : URL.parse(location, from.href);
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') throw pageError('redirects');
  return url;
};

/**
 * Fetches addresses that a person named. Only public addresses of the network are reached, also after redirects and whatever a name
 * resolves to; one near this machine only where the person typed it as such, and nothing beside it. Sends no cookies and no referrer.
 * Throws `page.failed` with a reason, or `cancelled`.
 */
export const createGuardedFetch = (proxyFor: ProxyFor): GuardedFetch => {
  const connectionTo = async (url: URL, mayBePrivate: boolean, limits: PageLimits): Promise<Dispatcher> => {
    const host = url.hostname;
    const reach = reachOf(host);
    if (reach === 'never' || (!mayBePrivate && (reach === 'private' || namesNearby(host)))) throw pageError('private');
    const undici = await loadUndici();
    const proxy = isThisMachine(host) ? null : await proxyFor(url.href);
    if (proxy !== null) {
      if (reach === null && !mayBePrivate) await checkForProxy(host);
      return through(undici, proxy);
    }
    const timeouts = { headersTimeout: limits.silenceMs, bodyTimeout: limits.silenceMs };
    return new undici.Agent({ ...timeouts, connect: { timeout: limits.silenceMs, lookup: guardedLookup(mayBePrivate) } });
  };

  const call = async (url: URL, dispatcher: Dispatcher, signal: AbortSignal) => {
    const { fetch } = await loadUndici();
    return fetch(url.href, {
      dispatcher,
      redirect: 'manual',
      credentials: 'omit',
      signal,
      headers: {
        accept: 'text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.5',
        'user-agent': 'Mozilla/5.0 (compatible; Emergence)',
      },
    });
  };

  return async (address, { signal, limits = pageLimits }, read) => {
    const typed = new URL(address);
    const typedNearby = namesNearby(typed.hostname);
    const total = AbortSignal.timeout(limits.totalMs);
    const ends = signal ? AbortSignal.any([signal, total]) : total;
    /** Names an error of a call; also one that its end by the caller or the clock left. */
    const named = (error: unknown): EmergenceError =>
      signal?.aborted ? new EmergenceError('cancelled') : toPageError(total.aborted ? total.reason : error);

    let url = typed;
    let stayed = true;
    for (let hops = 0; hops <= limits.redirects; hops += 1) {
      stayed &&= url.origin === typed.origin;
      let connection: Dispatcher | null = null;
      try {
        const response = await (async () => {
          try {
            ends.throwIfAborted();
            connection = await connectionTo(url, typedNearby && stayed, limits);
            return await call(url, connection, ends);
          } catch (error) {
            throw named(error);
          }
        })();
        if (!redirectStatuses.has(response.status)) {
          checkStatus(response.status);
          const body = (most: number): AsyncGenerator<Uint8Array> => bounded(response.body, most, named);
          return await read({ address: url.href, headers: response.headers, body });
        }
        url = targetOf(response.headers.get('location'), url);
      } finally {
        await (connection as Dispatcher | null)?.destroy();
      }
    }
    throw pageError('redirects');
  };
};

/** The bytes of a body, as they come unpacked, up to a limit. */
async function* bounded(
  body: AsyncIterable<Uint8Array> | null,
  mostBytes: number,
  named: (error: unknown) => EmergenceError,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for await (const piece of body ?? []) {
      bytes += piece.length;
      if (bytes > mostBytes) throw pageError('too_large', { maxBytes: mostBytes });
      yield piece;
    }
  } catch (error) {
    throw named(error);
  }
}
