import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Trusts the system's certificates besides Node's own list: company proxies and local servers use such certificates. */
export const trustSystemCertificates = (): void =>
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
