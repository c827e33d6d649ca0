import { proofScheme, proofText, windowPath } from '@shared/wire';
import type { Opening } from './token';

/**
 * The server at this address is another program, or the window's own program no longer knows the window. Nothing secret was sent to
 * it.
 */
export class NotOurProgram extends Error {
  override readonly name = 'NotOurProgram';
}

/** Reads these texts of an answer; throws when one is missing, empty or no text. The window needs no schema library for its start. */
const readTexts = <Name extends string>(answer: unknown, names: readonly Name[]): Record<Name, string> => {
  const texts = {} as Record<Name, string>;
  for (const name of names) {
    const text = (answer as Partial<Record<Name, unknown>> | null)?.[name];
    if (typeof text !== 'string' || text === '') throw new TypeError(`The answer has no ${name}.`);
    texts[name] = text;
  }
  return texts;
};

const readToken = (answer: unknown) => readTexts(answer, ['token']);
const readWindow = (answer: unknown) => readTexts(answer, ['window', 'key']);
/** `byWindow` is null in an answer to a window that the program does not know. */
const readProof = (answer: unknown) => {
  const { challenge, byToken } = readTexts(answer, ['challenge', 'byToken']);
  const byWindow = (answer as { byWindow?: unknown }).byWindow === undefined ? null : readTexts(answer, ['byWindow']).byWindow;
  return { challenge, byToken, byWindow };
};

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

const mac = async (key: string, text: string): Promise<string> => {
  const encoder = new TextEncoder();
  const imported = await crypto.subtle.importKey('raw', encoder.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign('HMAC', imported, encoder.encode(text))));
};

export interface ProgramProof {
  /** Verifies the program and returns the window's own proof, which works once. Throws `NotOurProgram`. */
  prove(): Promise<string>;
  /** Gets a key for this window, by which the program recognises it after the token was changed. */
  enter(): Promise<void>;
  /** The token, once its program has proved its identity. */
  token(): string | null;
}

/**
 * Before anything secret is sent to the server at this address, it must prove that it is the program of this window: after a
 * restart another program may have the port. The token itself is never sent.
 */
export const createProgramProof = ({
  opening,
  port,
  ask = (path, init) => fetch(path, init),
}: {
  opening: Opening;
  port: string;
  ask?: (path: string, init: RequestInit) => Promise<Response>;
}): ProgramProof => {
  let { token, code } = opening;
  let proven = false;
  let entered: ReturnType<typeof readWindow> | null = null;

  /** Null for a refusal; throws `NotOurProgram` for an answer that the program would not give. */
  const post = async <T>(
    name: string,
    read: (answer: unknown) => T,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<T | null> => {
    const response = await ask(windowPath + name, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'error',
      cache: 'no-store',
    });
    if (response.status === 401) return null;
    try {
      return read(await response.json());
    } catch (error) {
      throw new NotOurProgram('The answer is not one of Emergence.', { cause: error });
    }
  };

  const prove = async (): Promise<string> => {
    proven = false;
    if (code) {
      // The program itself has just opened this page with the code.
      const given = await post('exchange', readToken, { code });
      code = null;
      token = given?.token ?? null;
    }
    if (!token) throw new NotOurProgram('This window has no token.');
    const nonce = toBase64Url(crypto.getRandomValues(new Uint8Array(24)));
    const answer = await post('prove', readProof, { nonce, window: entered?.window });
    const expected = proofText('program', port, nonce);
    if (answer?.byToken === (await mac(token, expected))) {
      proven = true;
      return `${answer.challenge}.${await mac(token, proofText('window', port, answer.challenge))}`;
    }
    if (!answer || !entered || answer.byWindow !== (await mac(entered.key, expected))) throw new NotOurProgram('The proof is wrong.');
    // It is the window's own program, with another token.
    const own = `${answer.challenge}.${await mac(entered.key, proofText('window', port, answer.challenge))}`;
    const given = await post('resume', readToken, { window: entered.window, proof: own });
    if (!given) throw new NotOurProgram('This window is no longer known.');
    token = given.token;
    return prove();
  };

  return {
    prove,
    enter: async () => {
      entered ??= await post('enter', readWindow, {}, { authorization: `${proofScheme} ${await prove()}` });
    },
    token: () => (proven ? token : null),
  };
};
