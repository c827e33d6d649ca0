import { createHmac } from 'node:crypto';
import { createExchangeCodes } from '@main/http/exchangeCodes';
import { createWindowProof } from '@main/http/windowProof';
import { proofText } from '@shared/wire';
import { expect, test } from 'vitest';

const key = 'a-token-of-the-tests';
const answerTo = (challenge: string, port = 4242, by: 'program' | 'window' = 'window', secret = key): string =>
  `${challenge}.${createHmac('sha256', secret)
    .update(proofText(by, String(port), challenge))
    .digest('base64url')}`;

test('accepts the answer of a window with the key once, for a short time', () => {
  let now = 1_000;
  const proof = createWindowProof({ port: () => 4242, now: () => now, lifetimeMs: 500 });
  const shown = answerTo(proof.challenge());
  expect([proof.accepts(key, shown), proof.accepts(key, shown)]).toEqual([true, false]);
  const late = answerTo(proof.challenge());
  now += 500;
  expect(proof.accepts(key, late)).toBe(false);
});

test('accepts nothing else', () => {
  const proof = createWindowProof({ port: () => 4242 });
  const challenge = proof.challenge();
  const [expires, random, seal] = challenge.split('.') as [string, string, string];
  const wrong = [
    null,
    '',
    '....',
    challenge,
    `${challenge}.`,
    // For another key, for another port, the program's own proof reversed, for another program's challenge.
    answerTo(challenge, 4242, 'window', 'other'),
    answerTo(challenge, 4243),
    answerTo(challenge, 4242, 'program'),
    `${challenge}.${proof.prove(key, challenge)}`,
    answerTo(createWindowProof({ port: () => 4242 }).challenge()),
    // Extended beyond its lifetime.
    answerTo(`${Number(expires) + 1_000}.${random}.${seal}`),
    answerTo(`NaN.${random}.${seal}`),
    `${answerTo(challenge)}.more`,
  ];
  expect(wrong.map((shown) => proof.accepts(key, shown))).toEqual(wrong.map(() => false));
  expect(proof.accepts(key, answerTo(challenge))).toBe(true);
});

test('our proof names our port, so that a program on another port cannot use it', () => {
  const here = createWindowProof({ port: () => 4242 });
  const there = createWindowProof({ port: () => 4243 });
  expect(here.prove(key, 'nonce')).not.toBe(there.prove(key, 'nonce'));
});

test('accepts a code once, for a short time', () => {
  let now = 0;
  const codes = createExchangeCodes({ now: () => now, lifetimeMs: 100 });
  const [first, second] = [codes.issue(), codes.issue()];
  expect([codes.redeem('x'), codes.redeem(first), codes.redeem(first)]).toEqual([false, true, false]);
  now = 100;
  expect(codes.redeem(second)).toBe(false);
});
