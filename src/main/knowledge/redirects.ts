import { EmergenceError } from '@shared/model';

const mostRedirects = 5;
/** An address that does not answer for this long is given up. */
const answerMs = 30_000;

const refused = (reason: string): EmergenceError => new EmergenceError('model.download', { reason });

/** The target of a redirect. Throws `model.download` where it leaves HTTP, or gives up encryption on the way. Pure. */
export const redirectTarget = (from: string, location: string): string => {
  const target = URL.parse(location, from);
  if (!target || !/^https?:$/.test(target.protocol)) throw refused('redirect');
  if (target.protocol === 'http:' && new URL(from).protocol === 'https:') throw refused('redirect');
  return target.href;
};

/** Fetches with a limit on the time until the response's headers; its body obeys `signal` alone. */
const fetchHeaders = async (fetch: typeof globalThis.fetch, url: string, init: RequestInit, signal: AbortSignal): Promise<Response> => {
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(refused('stalled')), answerMs);
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.any([signal, slow.signal]) });
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Fetches an address and follows its redirects, a few times at most, never off HTTP and never from an encrypted address to an open
 * one. `isEnd` is true for redirects that are an answer themselves. Returns the last address with its response.
 */
export const fetchFollowing = async (
  fetch: typeof globalThis.fetch,
  address: string,
  init: RequestInit & { signal: AbortSignal },
  isEnd: (response: Response) => boolean = () => false,
): Promise<{ url: string; response: Response }> => {
  let url = address;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const response = await fetchHeaders(fetch, url, init, init.signal);
    const location = response.headers.get('location');
    if (response.status < 300 || response.status >= 400 || location === null || isEnd(response)) return { url, response };
    await response.body?.cancel();
    url = redirectTarget(url, location);
  }
  throw refused('redirects');
};
