import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Trusts what the system trusts, besides Node's own list: company proxies and local servers present such certificates. */
export const trustSystemCertificates = (): void =>
  setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])]);
