import { proxyAddress } from '@main/electron/proxyAddress';
import { expect, test } from 'vitest';

test.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.example:3128; DIRECT', 'http://proxy.example:3128'],
  ['HTTPS secure.example:443', 'https://secure.example:443'],
  ['SOCKS5 socks.example:1080; PROXY proxy.example:3128', 'socks5://socks.example:1080'],
  ['SOCKS socks.example:1080', 'socks5://socks.example:1080'],
  ['QUIC quic.example:443; PROXY proxy.example:3128', 'http://proxy.example:3128'],
  ['DIRECT; PROXY proxy.example:3128', null],
])('%s', (answer, expected) => {
  expect(proxyAddress(answer)).toBe(expected);
});
