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

const upload = async ({ client, headers }: Engine, collectionId: string | null, files: readonly LooseFile[]): Promise<number> => {
  let failed = 0;
  for (let at = 0; at < files.length; at += batchSize) {
    const batch = files.slice(at, at + batchSize).map((file) => ({ ...file, uploadId: newId() }));
    const places = await client.library.beginUploads({
      collectionId,
      files: batch.map(({ uploadId, source, file }) => ({ uploadId, source, size: file.size })),
    });
    const bytes = new Map(batch.map(({ uploadId, file }) => [uploadId, file]));
    const queue = [...places];
    const work = async (): Promise<void> => {
      for (let place = queue.shift(); place; place = queue.shift()) {
        try {
          const response = await fetch(place.url, { method: 'PUT', headers: headers(), body: bytes.get(place.uploadId) });
          if (!response.ok) failed += 1;
        } catch (error) {
          console.warn('An upload failed.', error);
          failed += 1;
        }
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  }
  return failed;
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
    const add = async (collectionId: string | null, grants: readonly string[], all: readonly LooseFile[]): Promise<void> => {
      try {
        const files = all.filter(({ file }) => file.size <= maxFileBytes);
        const granted = grants.length > 0 ? (await engine.client.library.importGrants({ collectionId, grants: [...grants] })).files : 0;
        const failed = files.length > 0 ? await upload(engine, collectionId, files) : 0;
        report(granted + files.length - failed, failed, all.length - files.length);
      } catch (error) {
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
      }
    };
    const target = (): string | null => useDropTarget.getState().collection?.id ?? null;
    return {
      drop: (data) => {
        const collectionId = target();
        const bridge = window.desktop;
        if (bridge) {
          const dropped = [...data.files];
          void bridge.grantFiles(dropped).then((grants) =>
            add(
              collectionId,
              grants.filter((grant) => grant !== null),
              dropped.filter((_, index) => grants[index] === null).map((file) => ({ file, source: file.name })),
            ),
          );
        } else void readDrop(data).then((files) => add(collectionId, [], files));
      },
      choose: (what, collectionId = target()) => {
        const bridge = window.desktop;
        const chosen = bridge
          ? bridge.chooseFiles(what).then((grants) => ({ grants, files: [] as LooseFile[] }))
          : choose(what === 'folder').then((files) => ({ grants: [] as string[], files }));
        void chosen.then(({ grants, files }) => (grants.length + files.length > 0 ? add(collectionId, grants, files) : undefined));
      },
    };
  }, [engine, t, format, words]);
};
