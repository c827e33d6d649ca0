/** Addresses and names that both ends of the wire must spell alike. */
export const rpcPath = '/rpc';
export const blobPath = '/blob/';
export const uploadPath = '/upload/';
export const restPrefix = '/api/v1';
/** Where a window gets to know the program; open to callers without a token. */
export const windowPath = '/api/window/';

const socketName = 'emergence.rpc';
const bearerPrefix = 'bearer.';
const proofPrefix = 'proof.';

/**
 * The subprotocols a window opens its WebSocket with. A browser can set no header there; the token travels as a
 * subprotocol rather than in the address, so that it stands in no log or history and is checked before the upgrade.
 */
export const socketProtocols = (token: string | null): string[] => [
  socketName,
  ...(token ? [bearerPrefix + encodeURIComponent(token).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'))] : []),
];

/** As `socketProtocols`, for a window that shows a proof instead of the token itself. */
export const provenProtocols = (proof: string): string[] => [socketName, proofPrefix + proof];

/**
 * The text under a proof of the token, by the one who shows it. The port is part of it: a program on another port cannot
 * pass off our program's proof as its own.
 */
export const proofText = (by: 'program' | 'window', port: string, nonce: string): string => `emergence ${by} ${port} ${nonce}`;

/** The `Authorization` of a window's own HTTP requests. */
export const proofScheme = 'Window';

/** Reads what `socketProtocols` and `provenProtocols` wrote. */
export const readSocketProtocols = (
  offered: readonly string[],
): { protocol: string | null; token: string | null; proof: string | null } => {
  const bearer = offered.find((name) => name.startsWith(bearerPrefix));
  let token: string | null = null;
  try {
    token = bearer ? decodeURIComponent(bearer.slice(bearerPrefix.length)) : null;
  } catch {
    // Not written by us: as good as no token.
  }
  const proof = offered.find((name) => name.startsWith(proofPrefix))?.slice(proofPrefix.length) ?? null;
  return { protocol: offered.includes(socketName) ? socketName : null, token, proof };
};
