import { reachOf } from '@main/network/addressRanges';
import { expect, it } from 'vitest';

const cases: Record<'public' | 'private' | 'never', string[]> = {
  public: ['8.8.8.8', '93.184.216.34', '[2606:2800:220:1::1]', '2a00:1450:4007::200e', '64:ff9b::808:808', '::ffff:8.8.8.8'],
  private: [
    ...['127.0.0.1', '127.9.9.9', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['[::1]', '::ffff:127.0.0.1', '::ffff:7f00:1', 'fd00:ec2::254', 'fc00::1', '64:ff9b::7f00:1', '2002:7f00:1::', '64:ff9b::a00:1'],
  ],
  never: [
    ...['169.254.169.254', '0.0.0.0', '0.1.2.3', '224.0.0.1', '255.255.255.255', '240.0.0.1', '198.18.0.1', '192.0.2.1'],
    ...['::', 'fe80::1', 'ff02::1', '::ffff:169.254.169.254', '64:ff9b::a9fe:a9fe', '2002:a9fe:a9fe::', '::7f00:1', '2001::1', '100::1'],
  ],
};

it.each(Object.entries(cases))('tells the %s addresses of the network', (reach, addresses) => {
  expect(addresses.map((address) => [address, reachOf(address)])).toEqual(addresses.map((address) => [address, reach]));
});

it('says nothing of a name', () => {
  expect(['example.org', 'localhost', '', '1.2.3', '2130706433'].map(reachOf)).toEqual([null, null, null, null, null]);
});
