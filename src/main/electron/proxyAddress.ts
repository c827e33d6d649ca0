/** The first usable entry of a PAC answer such as `PROXY a:1; DIRECT`; null for a direct connection. */
export const proxyAddress = (answer: string): string | null => {
  for (const entry of answer.split(';')) {
    const [kind = '', place] = entry.trim().split(/\s+/);
    if (kind.toUpperCase() === 'DIRECT') return null;
    if (place && /^(PROXY|HTTP)$/i.test(kind)) return `http://${place}`;
    if (place && /^HTTPS$/i.test(kind)) return `https://${place}`;
    // Servers of the older version also support the newer one; ignoring one would bypass a configured proxy.
    if (place && /^SOCKS[45]?$/i.test(kind)) return `socks5://${place}`;
  }
  return null;
};
