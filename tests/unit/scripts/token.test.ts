import { expect, test } from 'vitest';
import { takeToken } from '../../../scripts/lib/token.mjs';

test.each([
  [['--port', '1', '--token', 'abc', '--no-open'], ['--port', '1', '--no-open'], 'abc'],
  [['--token=a=b'], [], 'a=b'],
  [['--token', 'one', '--token=two'], [], 'two'],
  [[], [], null],
  [['--token'], ['--token'], null],
  [['--token='], ['--token='], null],
  [['--token', '--port', '1'], ['--token', '--port', '1'], null],
])('passes the token of %j on in the environment', (flags, passed, token) => {
  expect(takeToken(flags)).toEqual({ passed, token });
});
