import ipaddr from 'ipaddr.js';

/**
 * How far an address of the network is from this program: `public`; `private` for this machine and the networks around it; `never` for
 * those that no page has: link-local (where clouds give out their keys), multicast, unspecified, reserved.
 */
export type Reach = 'public' | 'private' | 'never';

const privateRanges: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat', 'deprecatedSiteLocal']);

/** The IPv4 address within an IPv6 address that only wraps one (NAT64 and 6to4); null for another. */
const wrapped = (bytes: number[], range: string): ipaddr.IPv4 | null => {
  if (range === 'rfc6052' && bytes.slice(4, 12).every((byte) => byte === 0)) return new ipaddr.IPv4(bytes.slice(12));
  return range === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : null;
};

/** True for the one block of IPv6 from which addresses of the network are given out, 2000::/3. */
const isGlobal = ([first = 0]: number[]): boolean => first >= 0x20 && first < 0x40;

/** The reach of an IP address as text, with or without brackets; null where the text is none. */
export const reachOf = (text: string): Reach | null => {
  const plain = text.replace(/^\[(.*)\]$/, '$1');
  if (!ipaddr.IPv4.isValidFourPartDecimal(plain) && !ipaddr.IPv6.isValid(plain)) return null;
  // An IPv4 address written as IPv6 is judged as what it is.
  const address = ipaddr.process(plain);
  const range: string = address.range();
  if (address instanceof ipaddr.IPv6) {
    const bytes = address.toByteArray();
    const inner = wrapped(bytes, range);
    if (inner) return reachOf(inner.toString());
    if (range === 'unicast' && !isGlobal(bytes)) return 'never';
  }
  return range === 'unicast' ? 'public' : privateRanges.has(range) ? 'private' : 'never';
};
