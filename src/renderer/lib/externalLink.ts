import { create } from 'zustand';

/** An external address that waits for the person's consent. */
export const useExternalLink = create<{ url: string | null; differs: boolean }>(() => ({ url: null, differs: false }));

const allowed = new Set(['http:', 'https:', 'mailto:']);

/** The address in its full form when it may be opened, else null. */
export const safeAddress = (address: string): string | null => {
  try {
    const url = new URL(address);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    // Relative or broken, so not external.
    return null;
  }
};

/** Asks before an external link of a text is opened, and warns when its words name another address. */
export const askToOpen = (address: string, words = ''): void => {
  const url = safeAddress(address);
  if (!url) return;
  const named = /^(?:https?:\/\/)?((?:[\w-]+\.)+[a-z]{2,})/i.exec(words.trim())?.[1]?.toLowerCase();
  const host = new URL(url).hostname.toLowerCase();
  useExternalLink.setState({
    url,
    differs: named !== undefined && host !== named && !host.endsWith(`.${named}`) && !named.endsWith(`.${host}`),
  });
};
