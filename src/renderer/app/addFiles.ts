import { toErrorRecord } from '@renderer/lib/errors';
import { type LooseFile, readDrop } from '@renderer/lib/readDrop';
import { useErrorText } from '@renderer/lib/useErrorText';
import { useFormat } from '@renderer/lib/useFormat';
import { toast } from '@renderer/ui/toast';
import { maxFileBytes } from '@shared/contract/library';
import { newId } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Engine, useEngine } from './client';
import { useDropTarget } from './dropTarget';
import { href, paths } from './paths';

/** Uploads at once; more would only wait for the disk. */
const parallel = 3;
/** What one announcement may hold. */
const batchSize = 5_000;

const batches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));

/** Sends the bytes of one file; a connection that breaks is tried once more, as the same upload twice is one. */
const send = async (engine: Engine, url: string, body: File): Promise<boolean> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await fetch(url, { method: 'PUT', headers: await engine.headers(), body })).ok;
    } catch (error) {
      console.warn('An upload failed.', error);
      if (attempt === 2) return false;
      await engine.whenOpen();
    }
  }
};

/** Sends files and returns how many could not be sent. */
const upload = async (engine: Engine, collectionId: string | null, files: readonly LooseFile[]): Promise<number> => {
  let failed = 0;
  for (const part of batches(files)) {
    const batch = part.map((file) => ({ ...file, uploadId: newId() }));
    const places = await engine.client.library.beginUploads({
      collectionId,
      files: batch.map(({ uploadId, source, file }) => ({ uploadId, source, size: file.size })),
    });
    const bytes = new Map(batch.map(({ uploadId, file }) => [uploadId, file]));
    const queue = [...places];
    const work = async (): Promise<void> => {
      for (let place = queue.shift(); place; place = queue.shift()) {
        const file = bytes.get(place.uploadId);
        if (!file || !(await send(engine, place.url, file))) failed += 1;
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  }
  return failed;
};

const importGrants = async ({ client }: Engine, collectionId: string | null, grants: readonly string[]): Promise<number> => {
  let taken = 0;
  for (const batch of batches(grants)) taken += (await client.library.importGrants({ collectionId, grants: batch })).files;
  return taken;
};

/** What a person gave: one-use grants of the desktop, and files whose bytes the page can read. */
interface Found {
  grants: string[];
  files: LooseFile[];
  unreadable: number;
}

/** Takes what it needs from the drop at once: its data is gone after the event. */
const dropped = async (data: DataTransfer): Promise<Found> => {
  const bridge = window.desktop;
  if (!bridge) return { grants: [], ...(await readDrop(data)) };
  const files = [...data.files];
  const grants = await bridge.grantFiles(files);
  return {
    grants: grants.filter((grant) => grant !== null),
    // Without a path, as what is pasted: its bytes are sent.
    files: files.filter((_, index) => grants[index] === null).map((file) => ({ file, source: file.name })),
    unreadable: 0,
  };
};

/** Null when the person chose nothing. */
const chosen = async (what: 'files' | 'folder'): Promise<Found | null> => {
  const bridge = window.desktop;
  const [grants, files] = bridge ? [await bridge.chooseFiles(what), []] : [[], await choose(what === 'folder')];
  return grants.length + files.length > 0 ? { grants, files, unreadable: 0 } : null;
};

const choose = (folder: boolean): Promise<LooseFile[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = folder;
    input.onchange = () => resolve([...(input.files ?? [])].map((file) => ({ file, source: file.webkitRelativePath || file.name })));
    input.oncancel = () => resolve([]);
    input.click();
  });

export interface AddFiles {
  /** Files and folders dropped or pasted. Must be called before the event handler ends. */
  drop: (data: DataTransfer) => void;
  /** Opens the file dialog. */
  choose: (what: 'files' | 'folder', collectionId?: string | null) => void;
}

/** The ways into the library. In Electron files go by one-use grants, in a browser their bytes are sent. */
export const useAddFiles = (): AddFiles => {
  const engine = useEngine();
  const { t } = useTranslation();
  const format = useFormat();
  const words = useErrorText();
  return useMemo(() => {
    const report = (added: number, failed: number, tooLarge: number): void => {
      if (tooLarge > 0) {
        toast({ message: t('drop.tooLarge', { count: tooLarge, limit: format.bytes(maxFileBytes) }), tone: 'danger' });
      }
      if (failed > 0) toast({ message: t('drop.failed', { count: failed }), tone: 'danger' });
      if (added > 0) {
        const open = { label: t('drop.open'), onAction: () => location.assign(href(paths.library())) };
        toast({ message: t('drop.added', { count: added }), action: location.hash.startsWith(href(paths.library())) ? undefined : open });
      } else if (failed + tooLarge === 0) toast({ message: t('drop.none') });
    };
    /** Takes in what was found, by grants or by its bytes, and says how it went. */
    const add = async (collectionId: string | null, finding: Promise<Found | null>): Promise<void> => {
      try {
        const found = await finding;
        if (!found) return;
        const files = found.files.filter(({ file }) => file.size <= maxFileBytes);
        const granted = await importGrants(engine, collectionId, found.grants);
        const failed = await upload(engine, collectionId, files);
        report(granted + files.length - failed, failed + found.unreadable, found.files.length - files.length);
      } catch (error) {
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
      }
    };
    const target = (): string | null => useDropTarget.getState().collection?.id ?? null;
    return {
      drop: (data) => void add(target(), dropped(data)),
      choose: (what, collectionId = target()) => void add(collectionId, chosen(what)),
    };
  }, [engine, t, format, words]);
};
