import { newId } from '@shared/model';
import { expect, onTestFinished, test } from 'vitest';
import { buildHelper } from '../../support/buildHelper';
import { temporaryFolder } from '../../support/temporaryFolder';
import { openLibrary } from './libraryFixture';

test('acknowledges a file only with its bytes, even when its twin is forgotten meanwhile', async () => {
  const house = openLibrary({
    dataFolder: temporaryFolder(),
    ingestPath: await buildHelper('src/main/processes/ingest/ingestProcess.ts', 'ingest-library'),
    searchPath: await buildHelper('src/main/processes/search/searchProcess.ts', 'search-library'),
  });
  onTestFinished(() => house.close());
  house.queue.start();
  const bytes = 'Words that two files have in common.';
  const first = await house.drop('first.txt', bytes);

  const uploadId = newId();
  house.library.beginUploads(null, [{ uploadId, source: 'second.txt', size: bytes.length }]);
  const send = () =>
    house.library.receiveUpload(
      uploadId,
      (async function* () {
        yield Buffer.from(bytes);
      })(),
    );
  // The moment after the bytes were found to exist, and before their document is made.
  const { write } = house.blobs;
  house.blobs.write = async (...given) => {
    const written = await write(...given);
    await house.library.forget(first);
    house.blobs.write = write;
    return written;
  };
  await expect(send()).rejects.toMatchObject({ code: 'document.unreadable', details: { reason: 'original_missing' } });
  const { id } = await send();
  await house.queue.idle();
  expect(house.library.document(id)).toMatchObject({ state: 'ready', source: 'second.txt' });
}, 60_000);
