const key = 'emergence.token';

/** Takes the token out of `#token=...` into this tab's storage, so that it neither stays in the address nor in the history. */
export const takeToken = (): string | null => {
  const given = /^#token=([^&]+)(?:&.*)?$/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(key, decodeURIComponent(given));
    history.replaceState(null, '', `${location.pathname}${location.search}#/`);
  }
  return sessionStorage.getItem(key);
};
