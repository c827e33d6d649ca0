/** Addresses and names that both ends of the connection must spell alike. */
export const rpcPath = '/rpc';
export const blobPath = '/blob/';
export const uploadPath = '/upload/';
export const restPrefix = '/api/v1';
/** The address by which a window identifies the program; open to callers without a token. */
export const windowPath = '/api/window/';

const socketName = 'emergence.rpc';
const bearerPrefix = 'bearer.';
const proofPrefix = 'proof.';

/**
 * The subprotocols with which a window opens its WebSocket. A browser can set no header there; the token travels as a subprotocol
 * rather than in the address, so that it is in no log or history and is checked before the upgrade.
 */
export const socketProtocols = (token: string | null): string[] => [
  socketName,
  ...(token ? [bearerPrefix + encodeURIComponent(token).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'))] : []),
];

/** Does the same as `socketProtocols` for a window that shows a proof instead of the token itself. */
export const provenProtocols = (proof: string): string[] => [socketName, proofPrefix + proof];

/**
 * The text that a proof of the token signs; `by` shows the proof. The port is part of it, so that a program on another port cannot
 * use the proof of this one as its own.
 */
export const proofText = (by: 'program' | 'window', port: string, nonce: string): string => `emergence ${by} ${port} ${nonce}`;

/** The scheme in the `Authorization` header of a window's own HTTP requests. */
export const proofScheme = 'Window';

/** Reads the protocols of `socketProtocols` and `provenProtocols`. */
export const readSocketProtocols = (
  offered: readonly string[],
): { protocol: string | null; token: string | null; proof: string | null } => {
  const bearer = offered.find((name) => name.startsWith(bearerPrefix));
  let token: string | null = null;
  try {
    token = bearer ? decodeURIComponent(bearer.slice(bearerPrefix.length)) : null;
  } catch {
    // Protocols of another program count as no token.
  }
  const proof = offered.find((name) => name.startsWith(proofPrefix))?.slice(proofPrefix.length) ?? null;
  return { protocol: offered.includes(socketName) ? socketName : null, token, proof };
};
