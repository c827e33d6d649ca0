import { hrefTo } from '@renderer/base/routes';

const key = 'emergence.token';

/** The secret with which the page was opened: the token, or a one-use code for it. */
export interface Opening {
  token: string | null;
  code: string | null;
}

/**
 * Takes token or code out of the address, so that they stay neither there nor in the history. It leaves the address of a new chat: the
 * browser hears of each change, and one is enough.
 */
export const takeOpening = (): Opening => {
  const [, name, value] = /^#(token|code)=([^&]+)(?:&.*)?$/.exec(location.hash) ?? [];
  if (!name || !value) return { token: sessionStorage.getItem(key), code: null };
  history.replaceState(null, '', `${location.pathname}${location.search}${hrefTo('chat')}`);
  return name === 'token' ? { token: decodeURIComponent(value), code: null } : { token: null, code: decodeURIComponent(value) };
};

/**
 * Keeps the token for a reload of this tab, but only while the program is running: after it has left the port, another program
 * could answer the reload, and its page could read the stored token.
 */
export const keepForReload = (token: string | null): void => {
  if (token === null) sessionStorage.removeItem(key);
  else sessionStorage.setItem(key, token);
};
