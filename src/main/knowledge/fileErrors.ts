import { EmergenceError, type FileProblem, toEmergenceError } from '@shared/model';

const problems: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'missing',
  ENOTDIR: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  ENAMETOOLONG: 'too_long',
  ELOOP: 'loop',
  EISDIR: 'special',
  ENXIO: 'special',
  ENODEV: 'special',
  EBUSY: 'busy',
  EAGAIN: 'busy',
  ETXTBSY: 'busy',
  EMFILE: 'busy',
  ENFILE: 'busy',
  EIO: 'device',
  ESTALE: 'device',
  ENOTCONN: 'device',
  EHOSTDOWN: 'device',
  ETIMEDOUT: 'device',
};

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException | null)?.code ?? '');

/** What the system said of some file, whose place only the caller knows. */
const isRefusal = ({ code }: EmergenceError): boolean =>
  code === 'internal' || code === 'storage.denied' || code === 'storage.path' || code === 'storage.busy' || code === 'storage.io';

/** Whatever the system said when it would not give a file, in the one error family: never `internal`. */
export const toFileError = (error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  if (error instanceof EmergenceError || !isRefusal(known)) return known;
  return new EmergenceError('file.unreadable', { reason: problems[codeOf(error)] ?? 'other' }, { cause: error });
};

/** What the system said when our own folder would not take bytes. */
export const toStoreError = (error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  if (error instanceof EmergenceError || !isRefusal(known)) return known;
  return new EmergenceError('storage.unwritable', { reason: codeOf(error) }, { cause: error });
};
