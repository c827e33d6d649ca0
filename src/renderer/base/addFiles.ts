import { toErrorRecord } from '@renderer/lib/errors';
import { isIgnored, type LooseFile, problemOf, readDrop } from '@renderer/lib/readDrop';
import { useErrorText } from '@renderer/lib/useErrorText';
import { toast } from '@renderer/ui/toast';
import { type FileProblem, newId } from '@shared/model';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Engine, useEngine } from './client';
import { beginDrop, endDrop } from './dropStore';
import { useDropTarget } from './dropTarget';

/** Parallel uploads; more would only wait for the disk. */
const parallel = 3;
/** The most files of one announcement. */
const batchSize = 5_000;

const batches = <Item>(items: readonly Item[]): Item[][] =>
  Array.from({ length: Math.ceil(items.length / batchSize) }, (_, index) => items.slice(index * batchSize, (index + 1) * batchSize));

/** The target of files: their drop, their collection, and the document for which the person chose them. */
interface Target {
  dropId: string;
  collectionId: string | null;
  intoId: string | undefined;
}

/** Reads the first byte, which fails for a file that was moved, locked or changed since it was chosen. */
const whyNotSent = async (file: File): Promise<FileProblem | null> => {
  try {
    await file.slice(0, 1).arrayBuffer();
    return null;
  } catch (error) {
    return problemOf(error);
  }
};

/** Sends the bytes of one file; retries once after a broken connection, since the same upload twice is one. */
const send = async (engine: Engine, url: string, body: File): Promise<FileProblem | 'lost' | null> => {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // If the engine refuses a file, it stores the reason.
      await fetch(url, { method: 'PUT', headers: await engine.headers(), body });
      return null;
    } catch (error) {
      console.warn('An upload failed.', error);
      const problem = await whyNotSent(body);
      if (problem) return problem;
      if (attempt === 2) return 'lost';
      await engine.whenOpen();
    }
  }
};

/** Sends files; returns how many were lost on the way. */
const upload = async (engine: Engine, target: Target, { files, unreadable }: Pick<Found, 'files' | 'unreadable'>): Promise<number> => {
  let lost = 0;
  const announced = [
    ...files.map(({ source, file }) => ({ uploadId: newId(), source, size: file.size, file, problem: undefined })),
    ...unreadable.map(({ source, problem }) => ({ uploadId: newId(), source, size: 0, file: null, problem })),
  ];
  for (const batch of batches(announced)) {
    const places = await engine.client.library.beginUploads({
      ...target,
      files: batch.map(({ uploadId, source, size, problem }) => ({ uploadId, source, size, problem })),
    });
    const byId = new Map(batch.map((each) => [each.uploadId, each]));
    const queue = [...places];
    const work = async (): Promise<void> => {
      for (let place = queue.shift(); place; place = queue.shift()) {
        const each = byId.get(place.uploadId);
        if (!each?.file) continue;
        const problem = await send(engine, place.url, each.file);
        if (problem === 'lost') lost += 1;
        else if (problem) {
          const { uploadId, source, size } = each;
          await engine.client.library.beginUploads({ ...target, files: [{ uploadId, source, size, problem }] });
        }
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
  }
  return lost;
};

const importGrants = async ({ client }: Engine, target: Target, grants: readonly string[]): Promise<void> => {
  for (const batch of batches(grants)) await client.library.importGrants({ ...target, grants: batch });
};

/** The files that a person gave: one-use grants of the desktop, and files whose bytes the page can read. */
interface Found {
  grants: string[];
  files: LooseFile[];
  unreadable: { source: string; problem: FileProblem }[];
}

/** Reads the drop synchronously, because its data is gone after the event. */
const dropped = async (data: DataTransfer): Promise<Found> => {
  const bridge = window.desktop;
  if (!bridge) return { grants: [], ...(await readDrop(data)) };
  const files = [...data.files];
  const grants = await bridge.grantFiles(files);
  return {
    grants: grants.filter((grant) => grant !== null),
    // Files without a path, such as pasted ones: their bytes are sent.
    files: files.filter((_, index) => grants[index] === null).map((file) => ({ file, source: file.name })),
    unreadable: [],
  };
};

/** Null when the person chose nothing. */
const chosen = async (what: 'files' | 'folder', one: boolean): Promise<Found | null> => {
  const bridge = window.desktop;
  const [grants, files] = bridge ? [await bridge.chooseFiles(what), []] : [[], await choose(what === 'folder', one)];
  return grants.length + files.length > 0 ? { grants, files, unreadable: [] } : null;
};

const choose = (folder: boolean, one: boolean): Promise<LooseFile[]> =>
  new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = !one;
    input.webkitdirectory = folder;
    input.onchange = () =>
      resolve(
        [...(input.files ?? [])]
          .map((file) => ({ file, source: file.webkitRelativePath || file.name }))
          .filter(({ source }) => !isIgnored(source)),
      );
    input.oncancel = () => resolve([]);
    input.click();
  });

export interface AddFiles {
  /** Adds files and folders dropped or pasted. Must be called before the event handler ends. */
  drop: (data: DataTransfer) => void;
  /** Opens the file dialog. Resolves to true when something was chosen. */
  choose: (what: 'files' | 'folder', collectionId?: string | null) => Promise<boolean>;
  /** Opens the file dialog for the one file that replaces a document's file. Resolves to true when one was chosen. */
  chooseFor: (documentId: string) => Promise<boolean>;
}

/**
 * The ways into the library. In Electron files are passed by one-use grants, in a browser their bytes are sent. `DropSummaries`
 * shows their outcome once all were read.
 */
export const useAddFiles = (): AddFiles => {
  const engine = useEngine();
  const { t } = useTranslation();
  const words = useErrorText();
  return useMemo(() => {
    /** Adds the files found, by grants or by their bytes. */
    const add = async (collectionId: string | null, finding: Promise<Found | null>, intoId?: string): Promise<boolean> => {
      const target: Target = { dropId: newId(), collectionId, intoId };
      try {
        const found = await finding;
        if (!found) return false;
        if (found.grants.length + found.files.length + found.unreadable.length === 0) {
          toast({ message: t('drop.none') });
          return false;
        }
        beginDrop(target.dropId);
        await importGrants(engine, target, found.grants);
        endDrop(target.dropId, await upload(engine, target, found));
        return true;
      } catch (error) {
        endDrop(target.dropId, 0);
        toast({ message: words(toErrorRecord(error)), tone: 'danger' });
        return false;
      }
    };
    const target = (): string | null => useDropTarget.getState().collection?.id ?? null;
    return {
      drop: (data) => void add(target(), dropped(data)),
      choose: (what, collectionId = target()) => add(collectionId, chosen(what, false)),
      chooseFor: (documentId) => add(null, chosen('files', true), documentId),
    };
  }, [engine, t, words]);
};
