import { answerLeaving, savedBeforeLeaving } from '@renderer/base/leaving';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.unstubAllGlobals());

test('the window may close when all that is being saved is saved, what leaving began included', async () => {
  const left = vi.fn();
  let leave = (): void => undefined;
  const page = new EventTarget();
  const desktop = {
    left,
    onLeaving: (listener: () => void) => {
      leave = listener;
      return () => undefined;
    },
  };
  vi.stubGlobal('window', Object.assign(page, { desktop }));
  answerLeaving();
  const early = Promise.withResolvers<void>();
  const late = Promise.withResolvers<void>();
  void savedBeforeLeaving(early.promise).catch(() => undefined);
  page.addEventListener('pagehide', () => void savedBeforeLeaving(late.promise));
  leave();
  early.reject(new Error('The disk is full'));
  await new Promise(setImmediate);
  expect(left).not.toHaveBeenCalled();
  late.resolve();
  await vi.waitFor(() => expect(left).toHaveBeenCalledOnce());
});

test('a page without a shell has nothing to answer', () => {
  vi.stubGlobal('window', new EventTarget());
  expect(answerLeaving()).toBeUndefined();
});
