import '../../support/page';

import type { HttpHost } from '@main/http/httpHost';
import { type AddFiles, useAddFiles } from '@renderer/base/addFiles';
import { useDrops } from '@renderer/base/dropStore';
import { useDropTarget } from '@renderer/base/dropTarget';
import { useToasts } from '@renderer/ui/toast';
import { newId } from '@shared/model';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startTestEngine, type TestEngine } from '../../support/engine';
import { engineOf, type MountedHook, mountHook } from '../../support/mountHook';
import { startHttp, testToken } from '../../support/transports';

let engine: TestEngine;
let host: HttpHost;
let origin: string;
let hook: MountedHook<null, AddFiles>;
/** Uploads that the line breaks before they reach the program. */
let breaks = 0;
let sent: string[] = [];

beforeAll(async () => {
  engine = await startTestEngine();
  ({ host, origin } = await startHttp(engine));
}, 60_000);
afterAll(async () => {
  await host?.close();
  await engine?.close();
});
beforeEach(async () => {
  useDrops.setState({ open: [] });
  useToasts.setState({ entries: [] });
  useDropTarget.setState({ collection: null });
  breaks = 0;
  sent = [];
  const send = globalThis.fetch;
  // Addresses of a page are relative to it.
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    sent.push(url);
    if (breaks > 0) {
      breaks -= 1;
      throw new TypeError('Failed to fetch');
    }
    return send(new URL(url, origin), init);
  });
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  hook = await mountHook(
    () => useAddFiles(),
    null,
    engineOf(engine.client, { headers: async () => ({ authorization: `Bearer ${testToken}` }) }),
  );
});
afterEach(() => {
  hook.unmount();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const textFile = (name: string, text: string): File => new File([text], name, { type: 'text/markdown' });
/** The data of a drop event with files that stand in no folder. */
const dropOf = (...files: File[]): DataTransfer =>
  ({ items: files.map((file) => ({ kind: 'file', webkitGetAsEntry: () => null, getAsFile: () => file })), files }) as never;
const summedUp = async (): Promise<{ id: string; lost: number }> => {
  await vi.waitFor(() => expect(useDrops.getState().open).toMatchObject([{ sent: true }]), { timeout: 10_000, interval: 20 });
  return useDrops.getState().open[0] as { id: string; lost: number };
};
const arrivals = async (dropId: string) => (await engine.client.library.drop({ dropId })).arrivals;

test('files dropped together come into the collection in sight, and are summed up as one', async () => {
  const id = newId();
  useDropTarget.setState({ collection: await engine.client.library.createCollection({ id, name: 'Harbour' }) });
  hook.current.drop(
    dropOf(textFile('tides.md', '# Tides\n\nThe tide is highest at noon.'), textFile('lamps.md', '# Lamps\n\nLit at dusk.')),
  );
  // The person may go elsewhere while the files are on their way.
  useDropTarget.setState({ collection: null });
  const drop = await summedUp();
  expect(drop.lost).toBe(0);
  expect((await arrivals(drop.id)).map(({ source }) => source).sort()).toEqual(['lamps.md', 'tides.md']);
  const { items } = await engine.client.library.documents({ collectionId: id });
  expect(items.map(({ source }) => source).sort()).toEqual(['lamps.md', 'tides.md']);
});

test('a line that breaks once costs nothing, and a file is sent no third time', async () => {
  breaks = 1;
  hook.current.drop(dropOf(textFile('once.md', '# Once\n\nSent again.')));
  const drop = await summedUp();
  expect(drop.lost).toBe(0);
  expect(sent).toHaveLength(2);
  expect(new Set(sent).size).toBe(1);
  expect(await arrivals(drop.id)).toMatchObject([{ source: 'once.md' }]);

  useDrops.setState({ open: [] });
  breaks = 2;
  sent = [];
  hook.current.drop(dropOf(textFile('twice.md', '# Twice\n\nLost.')));
  expect((await summedUp()).lost).toBe(1);
  expect(sent).toHaveLength(2);
});

test('refuses a file that the system will not read, with the reason, and adds the others', async () => {
  const locked = textFile('locked.md', '# Locked');
  locked.slice = () => ({ arrayBuffer: async () => Promise.reject(new DOMException('no', 'NotReadableError')) }) as unknown as Blob;
  breaks = 1;
  hook.current.drop(dropOf(locked, textFile('open.md', '# Open\n\nThis one can be read.')));
  const drop = await summedUp();
  expect(drop.lost).toBe(0);
  const all = await arrivals(drop.id);
  expect(all.find(({ source }) => source === 'locked.md')).toMatchObject({
    outcome: 'unreadable',
    error: { code: 'file.unreadable', details: { reason: 'denied' } },
  });
  expect(all.find(({ source }) => source === 'open.md')?.outcome).not.toBe('unreadable');
});

test('a drop without files says so and leaves nothing to sum up', async () => {
  hook.current.drop(dropOf());
  await vi.waitFor(() => expect(useToasts.getState().entries).toMatchObject([{ message: 'Nothing to add was found' }]));
  expect(useDrops.getState().open).toEqual([]);
});

test('reports if the file dialog chose something, and skips the files of the system', async () => {
  const choose = (...files: File[]) =>
    Object.assign(document, {
      createElement: () => {
        const input = { files, click: () => void (files.length > 0 ? handlers.onchange?.() : handlers.oncancel?.()) };
        const handlers = input as { onchange?: () => void; oncancel?: () => void };
        return input;
      },
    });
  choose();
  await expect(hook.current.choose('files')).resolves.toBe(false);
  expect(useDrops.getState().open).toEqual([]);
  const inFolder = (path: string): File => Object.assign(textFile(path.split('/').at(-1) ?? '', `# ${path}`), { webkitRelativePath: path });
  choose(inFolder('notes/port.md'), inFolder('notes/.git/config.md'));
  await expect(hook.current.choose('folder')).resolves.toBe(true);
  expect((await arrivals((await summedUp()).id)).map(({ source }) => source)).toEqual(['notes/port.md']);
});

test('another file takes the place of the document for which it was chosen', async () => {
  const { id } = await engine.client.library.addText({
    id: newId(),
    title: 'Winds',
    text: 'The wind blows from the west.',
    collectionId: null,
  });
  Object.assign(document, {
    createElement: () => {
      const input = { files: [textFile('other-name.md', '# Winds\n\nFrom the north.')], click: () => handlers.onchange?.() };
      const handlers = input as { onchange?: () => void };
      return input;
    },
  });
  await expect(hook.current.chooseFor(id)).resolves.toBe(true);
  await summedUp();
  await vi.waitFor(async () => expect(await engine.client.library.versions({ documentId: id })).toHaveLength(2), {
    timeout: 20_000,
    interval: 50,
  });
});

test('a call that fails ends the drop and is said', async () => {
  await engine.client.library.removeCollection({ id: (await engine.client.library.createCollection({ id: newId(), name: 'Gone' })).id });
  useDropTarget.setState({ collection: { id: 'not-an-id' } as never });
  hook.current.drop(dropOf(textFile('lost.md', '# Lost')));
  await vi.waitFor(() => expect(useToasts.getState().entries).toMatchObject([{ tone: 'danger' }]));
  expect(useDrops.getState().open).toMatchObject([{ sent: true, lost: 0 }]);
});
