import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { EmergenceError } from '@shared/model';
import { windowPath } from '@shared/wire';
import { z } from 'zod';
import type { ExchangeCodes } from '../exchangeCodes';
import { windowProof } from '../guard';
import { refuse, respondJson } from '../respond';
import type { WindowProof } from '../windowProof';
import type { HttpRoute } from './route';

/**
 * Keys of the windows that have been admitted, kept over restarts. A window keeps its own in memory only, so that the two still
 * recognise each other after the token was changed.
 */
export interface KnownWindows {
  add(id: string, key: string): void;
  key(id: string): string | null;
}

const mostBytes = 2_048;
const text = z.string().min(16).max(500);
const proveSchema = z.object({ nonce: text, window: text.optional() });
const exchangeSchema = z.object({ code: text });
const resumeSchema = z.object({ window: text, proof: text });

/** The text of a small body. Throws `input.too_long` as soon as it is longer; the client is answered before the connection ends. */
const readText = (request: IncomingMessage): Promise<string> =>
  new Promise((resolve, reject) => {
    let read = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      read += part;
      if (read.length <= mostBytes) return;
      request.removeAllListeners('data');
      reject(new EmergenceError('input.too_long'));
    });
    request.on('end', () => resolve(read));
    request.on('error', reject);
    request.on('close', () => reject(new EmergenceError('cancelled')));
  });

const readJson = async <T>(request: IncomingMessage, schema: z.ZodType<T>): Promise<T> => {
  const body = await readText(request);
  try {
    return schema.parse(JSON.parse(body));
  } catch (error) {
    throw new EmergenceError('input.invalid', {}, { cause: error });
  }
};

export interface WindowRouteDeps {
  /** The token that a caller must send as `Authorization: Bearer`. */
  token: string;
  proof: WindowProof;
  codes: ExchangeCodes;
  windows: KnownWindows;
}

/**
 * The steps by which a window enters: `exchange` returns the token for a one-use code, `prove` shows that this is the program it
 * knows, `enter` returns a key of its own, and `resume` returns the present token to a window that proves its key.
 */
export const windowRoute = ({ token, proof, codes, windows }: WindowRouteDeps): HttpRoute => ({
  matches: ({ method, path }) => path.startsWith(windowPath) && method === 'POST',
  open: true,
  serve: async ({ request, response, url }) => {
    switch (url.pathname.slice(windowPath.length)) {
      case 'exchange': {
        const { code } = await readJson(request, exchangeSchema);
        return codes.redeem(code) ? respondJson(response, 200, { token }) : refuse(response, 'auth.required');
      }
      case 'prove': {
        const { nonce, window } = await readJson(request, proveSchema);
        const key = window ? windows.key(window) : null;
        return respondJson(response, 200, {
          challenge: proof.challenge(),
          byToken: proof.prove(token, nonce),
          ...(key ? { byWindow: proof.prove(key, nonce) } : {}),
        });
      }
      case 'enter': {
        if (!proof.accepts(token, windowProof(request))) return refuse(response, 'auth.required');
        const entered = { window: randomUUID(), key: randomBytes(32).toString('base64url') };
        windows.add(entered.window, entered.key);
        return respondJson(response, 200, entered);
      }
      case 'resume': {
        const { window, proof: shown } = await readJson(request, resumeSchema);
        const key = windows.key(window);
        return key && proof.accepts(key, shown) ? respondJson(response, 200, { token }) : refuse(response, 'auth.required');
      }
      default:
        return refuse(response, 'not_found', { message: 'There is no such route.' });
    }
  },
});
