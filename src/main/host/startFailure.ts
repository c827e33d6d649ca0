import { join } from 'node:path';
import { toEmergenceError } from '@shared/model';

type Language = 'en' | 'fr';
type Cause = 'full' | 'newer' | 'damaged' | 'denied';

/** What happened, that the data is as it was, and what to do about it. */
const sentences: Record<Language, Record<Cause, (folder: string) => string>> = {
  en: {
    full: (folder) =>
      `The disk that holds ${folder} is full, and Emergence needs a little room (some 20 MB) to open. Nothing was lost. Make room on that disk and start again.`,
    newer: (folder) =>
      `The data in ${folder} was written by a newer version of Emergence. It was not changed. Start that version, or a later one.`,
    damaged: (folder) =>
      `The database in ${folder} is damaged and cannot be opened. It was not changed. Backups of it lie in ${join(folder, 'backups')}.`,
    denied: (folder) => `Emergence may not write to ${folder}. Allow it there, or choose another folder with --data-dir.`,
  },
  fr: {
    full: (folder) =>
      `Le disque qui contient ${folder} est plein, et Emergence a besoin d’un peu de place (une vingtaine de Mo) pour s’ouvrir. Rien n’est perdu. Libérez de la place sur ce disque, puis relancez.`,
    newer: (folder) =>
      `Les données de ${folder} ont été écrites par une version plus récente d’Emergence. Elles n’ont pas été modifiées. Lancez cette version, ou une version ultérieure.`,
    damaged: (folder) =>
      `La base de données de ${folder} est endommagée et ne peut pas être ouverte. Elle n’a pas été modifiée. Ses sauvegardes se trouvent dans ${join(folder, 'backups')}.`,
    denied: (folder) =>
      `Emergence n’a pas le droit d’écrire dans ${folder}. Donnez-lui ce droit, ou choisissez un autre dossier avec --data-dir.`,
  },
};

const causeOf = (error: unknown): Cause | null => {
  const { code } = toEmergenceError(error);
  if (code === 'storage.full' || code === 'storage.newer' || code === 'storage.damaged') return code.slice('storage.'.length) as Cause;
  const reason = (error as { code?: unknown } | null)?.code;
  return typeof reason === 'string' && /^(EACCES|EPERM|EROFS|SQLITE_READONLY|SQLITE_CANTOPEN)/.test(reason) ? 'denied' : null;
};

/**
 * Why the program could not start, in words for its person. An error that nobody foresaw keeps its stack: it is for those who
 * will mend it.
 */
export const describeStartFailure = (error: unknown, dataFolder: string, language: Language = 'en'): string => {
  const cause = causeOf(error);
  if (cause) return sentences[language][cause](dataFolder);
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
};
