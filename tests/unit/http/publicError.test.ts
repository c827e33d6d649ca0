import { toWireError } from '@main/api/base';
import { toPublicError } from '@main/http/publicError';
import { ORPCError } from '@orpc/server';
import { EmergenceError, errorCodes } from '@shared/model';
import { expect, test } from 'vitest';

test('converts an error of the family to the public form', () => {
  const error = toWireError(new EmergenceError('provider.rate_limited', { attempts: 2, maxRetries: 3, retryAfterMs: 7000 }));
  expect(toPublicError(error)).toEqual({
    type: 'error',
    error_code: 'LLM_RATE_LIMIT',
    message: 'The provider asks to slow down.',
    details: { attempts: 2, max_retries: 3, retry_after_ms: 7000, action: 'wait' },
  });
});

test('invalid input names its issues', () => {
  const error = new ORPCError('BAD_REQUEST', {
    message: 'Input validation failed',
    data: { issues: [{ message: 'Invalid UUID', path: ['items', { key: 0 }, 'id'], code: 'x' }] },
  });
  expect(toPublicError(error)).toEqual({
    type: 'error',
    error_code: 'VALIDATION_ERROR',
    message: 'Input validation failed',
    details: { issues: [{ path: 'items.0.id', message: 'Invalid UUID' }] },
  });
});

test('an unknown error reveals nothing of the inside', () => {
  expect(toPublicError(new TypeError('secret path /home/me'))).toMatchObject({
    error_code: 'INTERNAL_ERROR',
    details: { action: 'retry' },
  });
  expect(toPublicError(new ORPCError('INTERNAL_SERVER_ERROR', { message: 'secret' })).message).not.toContain('secret');
});

test('every code has a public name of its own', () => {
  const names = errorCodes.map((code) => toPublicError(new EmergenceError(code)).error_code);
  expect(new Set(names).size).toBe(errorCodes.length);
  for (const name of names) expect(name).toMatch(/^[A-Z][A-Z_]*$/);
});
