import '../../../../support/page';

import type { Client } from '@renderer/base/client';
import { useEdit } from '@renderer/features/chat/useEdit';
import type { Message } from '@shared/model';
import { expect, test, vi } from 'vitest';
import { engineOf, mountHook } from '../../../../support/mountHook';

const question = (text: string): Message => ({ id: 'q', parentId: 'before', text }) as Message;
const mount = (id: string) => mountHook(({ id }: { id: string }) => useEdit(id), { id }, engineOf({} as Client));

test('keeps an edit with its conversation, over another one and over a reload', async () => {
  const hook = await mount('a');
  hook.current.begin(question('Why?'));
  await vi.waitFor(() => expect(hook.current.edit).toEqual({ parentId: 'before', text: 'Why?' }));
  hook.current.setText('Why not?');
  hook.show({ id: 'b' });
  expect(hook.current.edit).toBeNull();
  hook.show({ id: 'a' });
  expect(hook.current.edit).toEqual({ parentId: 'before', text: 'Why not?' });
  hook.unmount();

  // A reload: the same tab with nothing in its memory.
  vi.resetModules();
  const again = await import('@renderer/features/chat/useEdit');
  const harness = await import('../../../../support/mountHook');
  const reloaded = await harness.mountHook(() => again.useEdit('a'), null, engineOf({} as Client));
  expect(reloaded.current.edit).toEqual({ parentId: 'before', text: 'Why not?' });
  reloaded.unmount();
});

test('keys that come after it was given up do not bring it back', async () => {
  const hook = await mount('c');
  hook.current.begin(question('Why?'));
  hook.current.set(null);
  hook.current.setText('Why n');
  await vi.waitFor(() => expect(hook.current.edit).toBeNull());
  hook.unmount();
});
