import { sql as initial } from './0001-initial';
import { sql as textPieces } from './0002-text-pieces';
import { sql as citationPlaces } from './0003-citation-places';
import { sql as documentPlaces } from './0004-document-places';
import { sql as thinking } from './0005-thinking';
import { sql as keyAddress } from './0006-key-address';
import { sql as settingGroups } from './0007-setting-groups';
import { sql as blobOwners } from './0008-blob-owners';
import { sql as places } from './0009-places';
import { sql as memory } from './0010-memory';
import { sql as memoryUndos } from './0011-memory-undos';
import { sql as documentMembers } from './0012-document-members';
import { sql as watchedFolders } from './0013-watched-folders';
import { sql as recognisedPages } from './0014-recognised-pages';
import { sql as webPages } from './0015-web-pages';
import { sql as references } from './0016-references';
import { sql as shelves } from './0017-shelves';
import { sql as documentNotes } from './0018-document-notes';

/** Numbered and in order; a landed migration is never changed. Each has a test in tests/integration/store. */
export const migrations: readonly { version: number; sql: string }[] = [
  { version: 1, sql: initial },
  { version: 2, sql: textPieces },
  { version: 3, sql: citationPlaces },
  { version: 4, sql: documentPlaces },
  { version: 5, sql: thinking },
  { version: 6, sql: keyAddress },
  { version: 7, sql: settingGroups },
  { version: 8, sql: blobOwners },
  { version: 9, sql: places },
  { version: 10, sql: memory },
  { version: 11, sql: memoryUndos },
  { version: 12, sql: documentMembers },
  { version: 13, sql: watchedFolders },
  { version: 14, sql: recognisedPages },
  { version: 15, sql: webPages },
  { version: 16, sql: references },
  { version: 17, sql: shelves },
  { version: 18, sql: documentNotes },
];
