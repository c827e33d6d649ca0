import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, relative } from 'node:path';

/** The hub's faults; they may be changed between requests. */
interface HubFaults {
  /** Ends the connection after this many bytes of the large file, once. */
  cutAfter?: number;
  /** Sends other bytes than the checksum declares. */
  corrupt?: boolean;
  /** Pauses this long between the pieces of the large file, in milliseconds. */
  slowMs?: number;
  status?: number;
  /** Declares this size of the large file; null: none. */
  announce?: number | null;
  /** Sends the large file over and over again; counts the bytes in `sent`. */
  endless?: boolean;
  /** The redirect target of a request of this path. */
  redirect?: (path: string) => string | null;
}

/** A loopback replacement of the model hub: HEAD returns size and checksum, large files redirect to a storage with ranges. */
export const startModelHub = async (folder: string) => {
  const faults: HubFaults = {};
  const counts = { sent: 0 };
  const requests: { method: string; url: string; range: string | undefined }[] = [];
  const files = new Map(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [relative(folder, path), readFileSync(path)];
      }),
  );
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://hub');
    requests.push({ method: request.method ?? '', url: url.pathname, range: request.headers.range });
    if (faults.status) return response.writeHead(faults.status).end();
    const elsewhere = faults.redirect?.(url.pathname);
    if (elsewhere) return response.writeHead(302, { location: elsewhere }).end();
    const stored = url.pathname.startsWith('/storage/');
    const path = stored ? url.pathname.slice('/storage/'.length) : /\/resolve\/[^/]+\/(.+)$/.exec(url.pathname)?.[1];
    const bytes = path && files.get(path);
    if (!path || !bytes) return response.writeHead(404).end();
    const large = path.endsWith('.onnx');
    const commit = { 'x-repo-commit': 'a'.repeat(40) };
    if (large && !stored)
      return response
        .writeHead(302, {
          ...commit,
          location: `/storage/${path}`,
          'x-linked-etag': `"${createHash('sha256').update(bytes).digest('hex')}"`,
          ...(faults.announce !== null && { 'x-linked-size': faults.announce ?? bytes.length }),
        })
        .end();
    const etag = `"${createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')}"`;
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const body = bytes.subarray(from);
    const sized = !large || (!faults.endless && faults.announce === undefined);
    response.writeHead(from ? 206 : 200, { ...commit, ...(sized && { 'content-length': body.length }), ...(large ? {} : { etag }) });
    if (request.method === 'HEAD') return response.end();
    if (!large) return response.end(body);
    if (faults.endless) {
      const block = Buffer.alloc(1_000_000);
      const write = (): void => {
        while (!response.destroyed) {
          counts.sent += block.length;
          if (!response.write(block)) return void response.once('drain', write);
        }
      };
      return write();
    }
    if (faults.corrupt) return response.end(Buffer.alloc(body.length));
    if (faults.cutAfter !== undefined) {
      response.write(body.subarray(0, faults.cutAfter));
      delete faults.cutAfter;
      return setTimeout(() => response.destroy(), 20);
    }
    for (let start = 0; start < body.length && !response.destroyed; start += 256) {
      response.write(body.subarray(start, start + 256));
      if (faults.slowMs) await new Promise((resolve) => setTimeout(resolve, faults.slowMs));
    }
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    faults,
    counts,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};
