import { EventEmitter } from 'node:events';
import { describeCrash, hearCrashes } from '@main/host/crashes';
import { expect, test } from 'vitest';

const listen = () => {
  const target = new EventEmitter();
  const logged: { trace: { name: string; code: string | null; stack: string[] }; message: string }[] = [];
  let ends = 0;
  hearCrashes({
    target,
    log: (trace, message) => logged.push({ trace, message }),
    end: () => {
      ends += 1;
    },
  });
  return { target, logged, ends: () => ends };
};

test('logs an exception without its message, and ends the program cleanly once', () => {
  const { target, logged, ends } = listen();
  const error = Object.assign(new RangeError('canary of a\nmessage with at canary'), { code: 'E_ODD', body: 'canary' });
  target.emit('uncaughtException', error);
  target.emit('uncaughtException', new Error('canary'));
  expect(ends()).toBe(1);
  expect(logged).toHaveLength(2);
  expect(logged[0]?.trace).toMatchObject({ name: 'RangeError', code: 'E_ODD' });
  expect(logged[0]?.trace.stack[0]).toContain('crashes.test.ts');
  expect(JSON.stringify(logged)).not.toContain('canary');
});

test('logs an unhandled rejection, and continues', () => {
  const { target, logged, ends } = listen();
  for (const odd of [new Error('canary'), 'canary', { canary: 1 }, null, undefined]) target.emit('unhandledRejection', odd);
  expect([ends(), logged.map(({ trace }) => trace.name)]).toEqual([0, ['Error', 'string', 'object', 'object', 'undefined']]);
  expect(JSON.stringify(logged)).not.toContain('canary');
});

test('does not end when a terminal was closed', () => {
  const { target, logged, ends } = listen();
  target.emit('uncaughtException', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
  target.emit('unhandledRejection', Object.assign(new Error('write EIO'), { code: 'EIO' }));
  expect([ends(), logged]).toEqual([0, []]);
});

test('reports to the person in both languages', () => {
  expect(describeCrash()).toContain('Start it again');
  expect(describeCrash('fr')).toContain('Relancez-le\u202f;');
});
