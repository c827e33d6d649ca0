import { type ErrorDetails, toEmergenceError } from '@shared/model';

type Language = 'en' | 'fr';
type Cause = 'full' | 'newer' | 'damaged' | 'denied' | 'noBackup';

/** What happened, that the data is as it was, and what to do about it. */
const sentences: Record<Language, Record<Cause, (folder: string) => string> & { restore: (name: string, when: string) => string }> = {
  en: {
    full: (folder) =>
      `The disk that holds ${folder} is full, and Emergence needs a little room (some 20 MB) to open. Nothing was lost. Make room on that disk and start again.`,
    newer: (folder) =>
      `The data in ${folder} was written by a newer version of Emergence. It was not changed. Start that version, or a later one.`,
    damaged: (folder) => `The database in ${folder} is damaged and cannot be opened. It was not changed.`,
    restore: (name, when) =>
      `To go back to the backup of ${when}, start again with --restore ${name}; the damaged database is kept beside it.`,
    denied: (folder) => `Emergence may not write to ${folder}. Allow it there, or choose another folder with --data-dir.`,
    noBackup: (folder) => `There is no backup of this name in ${folder}. Nothing was changed.`,
  },
  fr: {
    full: (folder) =>
      `Le disque qui contient ${folder} est plein, et Emergence a besoin d’un peu de place (une vingtaine de Mo) pour s’ouvrir. Rien n’est perdu. Libérez de la place sur ce disque, puis relancez.`,
    newer: (folder) =>
      `Les données de ${folder} ont été écrites par une version plus récente d’Emergence. Elles n’ont pas été modifiées. Lancez cette version, ou une version ultérieure.`,
    damaged: (folder) => `La base de données de ${folder} est endommagée et ne peut pas être ouverte. Elle n’a pas été modifiée.`,
    restore: (name, when) =>
      `Pour revenir à la sauvegarde du ${when}, relancez avec --restore ${name}\u202f; la base endommagée est gardée à côté.`,
    denied: (folder) =>
      `Emergence n’a pas le droit d’écrire dans ${folder}. Donnez-lui ce droit, ou choisissez un autre dossier avec --data-dir.`,
    noBackup: (folder) => `Il n’y a pas de sauvegarde de ce nom dans ${folder}. Rien n’a été modifié.`,
  },
};

const causeOf = (error: unknown): { cause: Cause | null; details: ErrorDetails } => {
  const { code, details } = toEmergenceError(error);
  switch (code) {
    case 'storage.full':
      return { cause: 'full', details };
    case 'storage.newer':
      return { cause: 'newer', details };
    case 'storage.damaged':
      return { cause: 'damaged', details };
    case 'not_found':
      return { cause: 'backup' in details ? 'noBackup' : null, details };
    default: {
      const reason = (error as { code?: unknown } | null)?.code;
      const denied = typeof reason === 'string' && /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(reason);
      return { cause: denied ? 'denied' : null, details };
    }
  }
};

/**
 * Why the program could not start, in words for its person. An error that nobody foresaw keeps its stack: it is for those who
 * will mend it.
 */
export const describeStartFailure = (error: unknown, dataFolder: string, language: Language = 'en'): string => {
  const { cause, details } = causeOf(error);
  if (!cause) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const say = sentences[language];
  const { backup, backupAt } = details;
  if (cause !== 'damaged' || typeof backup !== 'string' || typeof backupAt !== 'number') return say[cause](dataFolder);
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(backupAt);
  return `${say.damaged(dataFolder)} ${say.restore(backup, when)}`;
};
