import { type ErrorDetails, toEmergenceError } from '@shared/model';

type Language = 'en' | 'fr';
type Cause =
  | 'full'
  | 'newer'
  | 'damaged'
  | 'empty'
  | 'backupDamaged'
  | 'foreign'
  | 'denied'
  | 'busy'
  | 'file'
  | 'folder'
  | 'tooLong'
  | 'io'
  | 'noBackup';

/**
 * The sentences name the cause, that the data is unchanged, and the next step. `place` is the folder, or the file in it that is
 * concerned.
 */
const sentences: Record<
  Language,
  Record<Cause, (place: string) => string> & {
    restore: (name: string, when: string) => string;
    noSound: string;
    anew: string;
    buttons: { restore: (when: string) => string; anew: string; quit: string };
  }
> = {
  en: {
    full: (folder) =>
      `The disk that holds ${folder} is full, and Emergence needs a little room (some 20 MB) to open. Nothing was lost. Make room on that disk and start again.`,
    newer: (folder) =>
      `The data in ${folder} was written by a newer version of Emergence. It was not changed. Start that version, or a later one.`,
    damaged: (folder) => `The database in ${folder} is damaged and cannot be opened. It was not changed.`,
    empty: (folder) =>
      `The database in ${folder} is gone or empty, while backups or documents of it are still there. Nothing was changed, and nothing new was begun.`,
    backupDamaged: (folder) => `The backup that was to be restored in ${folder} is damaged itself. Nothing was changed.`,
    foreign: (folder) =>
      `The file emergence.db in ${folder} is a database of another program. It was not changed. Move it away, or choose another folder with --data-dir.`,
    denied: (place) => `Emergence may not write to ${place}. Allow it there, or choose another folder with --data-dir.`,
    busy: (folder) => `Another program is using the database in ${folder}. Close it and start again. Nothing was changed.`,
    file: (place) =>
      `Emergence needs a folder at ${place}, where something else stands. Move that away, or choose another folder with --data-dir.`,
    folder: (place) =>
      `Emergence needs a file where a folder stands, at ${place} or in it. Move that folder away, or choose another one with --data-dir.`,
    tooLong: (folder) => `The path ${folder} is too long for this system. Choose a folder with a shorter path with --data-dir.`,
    io: (folder) =>
      `The disk that holds ${folder} does not answer as it should. Nothing was changed. Check the disk or its cable, then start again.`,
    noBackup: (folder) => `There is no backup of this name in ${folder}. Nothing was changed.`,
    restore: (name, when) =>
      `To go back to the sound backup of ${when}, start again with --restore ${name}; what is there now is kept beside it.`,
    noSound: 'There is no sound backup to go back to.',
    anew: 'To begin with an empty database, start again with --start-empty; what is there now is kept aside.',
    buttons: { restore: (when) => `Go back to the backup of ${when}`, anew: 'Begin empty', quit: 'Quit' },
  },
  fr: {
    full: (folder) =>
      `Le disque qui contient ${folder} est plein, et Emergence a besoin d’un peu de place (une vingtaine de Mo) pour s’ouvrir. Rien n’est perdu. Libérez de la place sur ce disque, puis relancez.`,
    newer: (folder) =>
      `Les données de ${folder} ont été écrites par une version plus récente d’Emergence. Elles n’ont pas été modifiées. Lancez cette version, ou une version ultérieure.`,
    damaged: (folder) => `La base de données de ${folder} est endommagée et ne peut pas être ouverte. Elle n’a pas été modifiée.`,
    empty: (folder) =>
      `La base de données de ${folder} a disparu ou est vide, alors que des sauvegardes ou des documents sont encore là. Rien n’a été modifié, et rien de nouveau n’a été commencé.`,
    backupDamaged: (folder) => `La sauvegarde à restaurer dans ${folder} est elle-même endommagée. Rien n’a été modifié.`,
    foreign: (folder) =>
      `Le fichier emergence.db de ${folder} est la base de données d’un autre programme. Il n’a pas été modifié. Déplacez-le, ou choisissez un autre dossier avec --data-dir.`,
    denied: (place) =>
      `Emergence n’a pas le droit d’écrire dans ${place}. Donnez-lui ce droit, ou choisissez un autre dossier avec --data-dir.`,
    busy: (folder) => `Un autre programme utilise la base de données de ${folder}. Fermez-le, puis relancez. Rien n’a été modifié.`,
    file: (place) =>
      `Emergence a besoin d’un dossier à l’emplacement ${place}, où se trouve autre chose. Déplacez-la, ou choisissez un autre dossier avec --data-dir.`,
    folder: (place) =>
      `Emergence a besoin d’un fichier là où se trouve un dossier, à l’emplacement ${place} ou dedans. Déplacez ce dossier, ou choisissez-en un autre avec --data-dir.`,
    tooLong: (folder) => `Le chemin ${folder} est trop long pour ce système. Choisissez un dossier au chemin plus court avec --data-dir.`,
    io: (folder) =>
      `Le disque qui contient ${folder} ne répond pas comme il le devrait. Rien n’a été modifié. Vérifiez le disque ou son câble, puis relancez.`,
    noBackup: (folder) => `Il n’y a pas de sauvegarde de ce nom dans ${folder}. Rien n’a été modifié.`,
    restore: (name, when) =>
      `Pour revenir à la sauvegarde saine du ${when}, relancez avec --restore ${name}\u202f; ce qui est là maintenant est gardé à côté.`,
    noSound: 'Il n’y a pas de sauvegarde saine à laquelle revenir.',
    anew: 'Pour commencer avec une base vide, relancez avec --start-empty\u202f; ce qui est là maintenant est mis de côté.',
    buttons: { restore: (when) => `Revenir à la sauvegarde du ${when}`, anew: 'Commencer à vide', quit: 'Quitter' },
  },
};

/** SQLite cannot open a longer path, in bytes. */
const longestPath = 480;

const causeOf = (error: unknown, dataFolder: string): { cause: Cause | null; details: ErrorDetails } => {
  const { code, details } = toEmergenceError(error);
  const causes: Partial<Record<typeof code, Cause>> = {
    'storage.full': 'full',
    'storage.newer': 'newer',
    'storage.damaged': 'damaged',
    'storage.empty': 'empty',
    'storage.backup_damaged': 'backupDamaged',
    'storage.foreign': 'foreign',
    'storage.denied': Buffer.byteLength(dataFolder) > longestPath ? 'tooLong' : 'denied',
    'storage.busy': 'busy',
    'storage.path': details.reason === 'ENAMETOOLONG' ? 'tooLong' : details.reason === 'EISDIR' ? 'folder' : 'file',
    'storage.io': 'io',
  };
  // At a start every refusal is about the data, even one that names no file. For a folder that cannot be made some systems report
  // "not found".
  const { code: reason, syscall } = (error ?? {}) as { code?: unknown; syscall?: unknown };
  if (code === 'internal' && (/^(EACCES|EPERM|EROFS)$/.test(String(reason)) || (reason === 'ENOENT' && syscall === 'mkdir')))
    return { cause: 'denied', details };
  if (code === 'internal' && reason === 'EISDIR') return { cause: 'folder', details };
  if (code === 'not_found') return { cause: 'backup' in details ? 'noBackup' : null, details };
  return { cause: causes[code] ?? null, details };
};

const whenOf = (at: number, language: Language): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at);

/** The place where a folder was needed or writing was refused, if that is not the data folder as a whole. */
const placeOf = (cause: Cause, { path }: ErrorDetails, dataFolder: string): string =>
  (cause === 'file' || cause === 'folder' || cause === 'denied') && typeof path === 'string' && path.startsWith(dataFolder)
    ? path
    : dataFolder;

const asks: ReadonlySet<Cause> = new Set(['damaged', 'empty', 'backupDamaged', 'foreign']);

/** The reason why the program could not start, in words for the person. An unexpected error keeps its stack, for the developers. */
export const describeStartFailure = (error: unknown, dataFolder: string, language: Language = 'en'): string => {
  const { cause, details } = causeOf(error, dataFolder);
  if (!cause) return error instanceof Error ? (error.stack ?? error.message) : String(error);
  const say = sentences[language];
  const parts = [say[cause](placeOf(cause, details, dataFolder))];
  if (asks.has(cause)) {
    const { advised, advisedAt } = details;
    if (typeof advised === 'string' && typeof advisedAt === 'number') parts.push(say.restore(advised, whenOf(advisedAt, language)));
    // A folder that only ever held another program's database lacks no backup.
    else if (cause !== 'foreign') parts.push(say.noSound);
    if (cause === 'empty') parts.push(say.anew);
  }
  return parts.join(' ');
};

/** The exit code of a start that asks the person to choose; other failures end with 1. */
const choiceExitCode = 3;
export const exitCodeOf = (error: unknown): number => (toEmergenceError(error).code === 'storage.empty' ? choiceExitCode : 1);

export interface StartChoice {
  label: string;
  /** How to start again; null ends the program. */
  start: { restore: string } | { startEmpty: true } | null;
}

/**
 * The choices that a window offers instead of the flags that `describeStartFailure` names; empty where there is nothing to choose.
 */
export const startChoices = (error: unknown, dataFolder: string, language: Language): StartChoice[] => {
  const { cause, details } = causeOf(error, dataFolder);
  if (!cause || !asks.has(cause)) return [];
  const { buttons } = sentences[language];
  const { advised, advisedAt } = details;
  const choices: StartChoice[] = [];
  if (typeof advised === 'string' && typeof advisedAt === 'number')
    choices.push({ label: buttons.restore(whenOf(advisedAt, language)), start: { restore: advised } });
  if (cause === 'empty') choices.push({ label: buttons.anew, start: { startEmpty: true } });
  return choices.length === 0 ? [] : [...choices, { label: buttons.quit, start: null }];
};
