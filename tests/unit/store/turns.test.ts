import { deleteDocument } from '@main/store/documents';
import { sourcesOfMessage } from '@main/store/turns';
import { newId } from '@shared/model';
import { expect, it } from 'vitest';
import { candidate, createHarness, passage, scriptedGateway, scriptedRetriever } from '../chat/harness';

it('removes a forgotten document from the sources of answers that can be continued', async () => {
  const [documentId, versionId] = [newId(), newId()];
  const secret = passage({ text: 'The secret words.', documentId, versionId });
  const { ask, chat, db, close } = createHarness({
    gateway: scriptedGateway([candidate('small')], () => ['Half [1]', 60_000]),
    retriever: scriptedRetriever([secret, passage({ text: 'Other words.' })]),
  });
  db.exec(`INSERT INTO documents(id, title, source, created_at, updated_at) VALUES ('${documentId}', 't', 's', 1, 1);
    INSERT INTO document_versions(id, document_id, ordinal, blob_hash, size, mime, state, created_at) VALUES ('${versionId}', '${documentId}', 1, 'b', 1, 'm', 'ready', 1)`);
  const ticket = ask('Tell');
  for await (const { event } of chat.watch(ticket.turnId, {})) if (event.type === 'delta') break;
  await chat.stop(ticket.turnId);
  deleteDocument(db, documentId);
  expect(sourcesOfMessage(db, ticket.messageId)?.sources.map(({ marker, text }) => [marker, text])).toEqual([
    [1, ''],
    [2, 'Other words.'],
  ]);
  await close();
});
