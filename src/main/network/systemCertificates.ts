let trusted = false;

/**
 * Trusts the system's certificates besides Node's own list: company proxies and local servers use such certificates. Reading them
 * takes tens of milliseconds, so this is called before the first call and does nothing after it.
 */
export const trustSystemCertificates = (): void => {
  if (trusted) return;
  trusted = true;
  const { getCACertificates, setDefaultCACertificates } = process.getBuiltinModule('node:tls');
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
};
