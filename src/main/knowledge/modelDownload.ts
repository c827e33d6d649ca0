import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { EmergenceError, isCancelled, toEmergenceError } from '@shared/model';
import { fetchFollowing } from './redirects';

/** The files of a model on the hub, and the folder for them. */
export interface ModelDownload {
  fetch: typeof globalThis.fetch;
  /** Base address of the hub, for instance `https://huggingface.co/`. */
  hub: string;
  /** `owner/name` on the hub. */
  repository: string;
  files: readonly { path: string; optional?: boolean }[];
  /** The most bytes that the files may have together; a larger answer cannot be the requested model. */
  mostBytes: number;
  /** The folder of the finished model; it appears in one step when all files are there and checked. */
  folder: string;
}

interface RemoteFile {
  url: string;
  size: number;
  /** `sha256` of large files, `git` (SHA-1 of a git blob) of small ones, null when the hub names none. */
  checksum: { kind: 'sha256' | 'git'; value: string } | null;
}

const stallMs = 30_000;

const failed = (reason: string, details: Record<string, string | number> = {}, cause?: unknown): EmergenceError =>
  new EmergenceError('model.download', { reason, ...details }, { cause });

const readChecksum = (etag: string | null): RemoteFile['checksum'] => {
  const value = /^(?:W\/)?"?([0-9a-f]{40}|[0-9a-f]{64})"?$/i.exec(etag ?? '')?.[1]?.toLowerCase();
  return value ? { kind: value.length === 64 ? 'sha256' : 'git', value } : null;
};

/** Asks the hub about a file. A large one redirects to its storage, but the hub's own headers give its size and checksum. */
const look = async (
  fetch: typeof globalThis.fetch,
  address: string,
  signal: AbortSignal,
): Promise<RemoteFile & { commit: string | null; found: boolean }> => {
  const init = { method: 'HEAD', headers: { 'accept-encoding': 'identity' }, signal };
  // For a renamed repository the hub redirects to the new name.
  const { url, response } = await fetchFollowing(fetch, address, init, ({ headers }) => headers.has('x-linked-etag'));
  if (response.status === 404) return { url, size: 0, checksum: null, commit: null, found: false };
  if (response.status >= 400) throw failed('status', { status: response.status });
  return {
    url,
    size: Number(response.headers.get('x-linked-size') ?? response.headers.get('content-length') ?? Number.NaN),
    checksum: readChecksum(response.headers.get('x-linked-etag') ?? response.headers.get('etag')),
    commit: response.headers.get('x-repo-commit'),
    found: true,
  };
};

const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
};

const checksumOf = async (path: string, kind: 'sha256' | 'git'): Promise<string> => {
  const hash = createHash(kind === 'sha256' ? 'sha256' : 'sha1');
  if (kind === 'git') hash.update(`blob ${await sizeOf(path)}\0`);
  for await (const part of createReadStream(path)) hash.update(part as Buffer);
  return hash.digest('hex');
};

/** Appends the body to the file; throws `model.download` when no bytes come for a while, or more than `most`. */
const receive = async (
  response: Response,
  path: string,
  { from, most }: { from: number; most: number },
  onBytes: (bytes: number) => void,
): Promise<void> => {
  const file = await open(path, from ? 'r+' : 'w');
  let position = from;
  const reader = response.body?.getReader();
  try {
    while (reader) {
      let timer: NodeJS.Timeout | undefined;
      const stalled = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(failed('stalled')), stallMs);
      });
      const { done, value } = await Promise.race([reader.read(), stalled]).finally(() => clearTimeout(timer));
      if (done) break;
      if (position + value.length > most) throw failed('too_large', { limitBytes: most });
      for (let written = 0; written < value.length; )
        written += (await file.write(value, written, value.length - written, position + written)).bytesWritten;
      position += value.length;
      onBytes(value.length);
    }
    // A power cut must not leave a model that looks complete.
    await file.sync();
  } catch (error) {
    reader?.cancel().catch(() => {});
    throw error;
  } finally {
    await file.close();
  }
};

/** Downloads one file to `path`, continuing after the part that an earlier try left of the same version. */
const fetchFile = async (
  fetch: typeof globalThis.fetch,
  remote: RemoteFile,
  path: string,
  room: number,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const mark = `${path}.version`;
  const version = `${remote.size} ${remote.checksum?.value ?? ''}`;
  const sameVersion =
    (await readFile(mark, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null;
      throw error;
    })) === version;
  // A file without a known size cannot be checked for completeness.
  if (!sameVersion || !Number.isFinite(remote.size)) {
    await rm(path, { force: true });
    await writeFile(mark, version);
  }
  let have = await sizeOf(path);
  if (Number.isFinite(remote.size) && have > remote.size) {
    await rm(path, { force: true });
    have = 0;
  }
  onBytes(have);
  if (have < remote.size || !Number.isFinite(remote.size)) {
    const { response } = await fetchFollowing(fetch, remote.url, {
      headers: { 'accept-encoding': 'identity', ...(have ? { range: `bytes=${have}-` } : {}) },
      signal,
    });
    if (!response.ok) throw failed('status', { status: response.status });
    // A server without ranges sends the whole file again.
    const from = response.status === 206 ? have : 0;
    if (from !== have) onBytes(-have);
    // The announced size is the limit; without one, the room that is left.
    const most = Number.isFinite(remote.size) ? remote.size : room;
    try {
      await receive(response, path, { from, most }, onBytes);
    } catch (error) {
      if (error instanceof EmergenceError && error.details.reason === 'too_large') await rm(path, { force: true });
      throw error;
    }
  }
  const size = await sizeOf(path);
  if (Number.isFinite(remote.size) && size < remote.size) throw failed('incomplete', { got: size, expected: remote.size });
  const found = remote.checksum && (await checksumOf(path, remote.checksum.kind));
  if (size > remote.size || (remote.checksum && found !== remote.checksum.value)) {
    onBytes(-size);
    await rm(path, { force: true });
    throw failed('checksum');
  }
};

/**
 * Downloads a model. The parts of an earlier try are kept and continued; every file is checked against the size and checksum of the
 * hub; the folder appears only when all files are right. Throws `model.download` or `cancelled`.
 */
export const downloadModel = async (
  { fetch, hub, repository, files, folder, mostBytes }: ModelDownload,
  onProgress: (part: { bytes: number; total: number }) => void,
  signal: AbortSignal,
): Promise<void> => {
  const partial = `${folder}.part`;
  try {
    await mkdir(partial, { recursive: true });
    let revision = 'main';
    const remotes: (RemoteFile & { path: string })[] = [];
    for (const { path, optional } of files) {
      const address = new URL(`${repository}/resolve/${revision}/${path}`, hub.endsWith('/') ? hub : `${hub}/`).href;
      const remote = await look(fetch, address, signal);
      if (!remote.found) {
        if (optional) continue;
        throw failed('missing', { file: path });
      }
      // All files of one model come from one revision.
      if (remote.commit && /^[0-9a-f]{40}$/.test(remote.commit)) revision = remote.commit;
      remotes.push({ ...remote, path });
    }
    const total = remotes.reduce((sum, { size }) => sum + (Number.isFinite(size) ? size : 0), 0);
    if (total > mostBytes) throw failed('too_large', { announced: total, limitBytes: mostBytes });
    let bytes = 0;
    for (const remote of remotes)
      await fetchFile(
        fetch,
        remote,
        join(partial, remote.path),
        mostBytes - bytes,
        (more) => {
          bytes += more;
          onProgress({ bytes, total });
        },
        signal,
      );
    for (const { path } of remotes) await rm(join(partial, `${path}.version`), { force: true });
    await appendFile(join(partial, 'SOURCE'), `${repository} ${revision}\n`);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } catch (error) {
    if (signal.aborted || isCancelled(error)) throw new EmergenceError('cancelled', {}, { cause: error });
    const known = toEmergenceError(error);
    throw known.code === 'internal' ? failed('network', {}, error) : known;
  }
};
