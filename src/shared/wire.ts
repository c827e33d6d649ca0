/** Addresses and names that both ends of the wire must spell alike. */
export const rpcPath = '/rpc';
export const blobPath = '/blob/';
export const uploadPath = '/upload/';
export const restPrefix = '/api/v1';

const socketName = 'emergence.rpc';
const bearerPrefix = 'bearer.';

/**
 * The subprotocols a window opens its WebSocket with. A browser can set no header there; the token travels as a
 * subprotocol rather than in the address, so that it stands in no log or history and is checked before the upgrade.
 */
export const socketProtocols = (token: string | null): string[] => [
  socketName,
  ...(token ? [bearerPrefix + encodeURIComponent(token).replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'))] : []),
];

/** Reads what `socketProtocols` wrote. */
export const readSocketProtocols = (offered: readonly string[]): { protocol: string | null; token: string | null } => {
  const bearer = offered.find((name) => name.startsWith(bearerPrefix));
  let token: string | null = null;
  try {
    token = bearer ? decodeURIComponent(bearer.slice(bearerPrefix.length)) : null;
  } catch {
    // Not written by us: as good as no token.
  }
  return { protocol: offered.includes(socketName) ? socketName : null, token };
};
