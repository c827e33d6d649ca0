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

/** True when the system's error may be about any file; only the caller knows which. */
const isRefusal = ({ code }: EmergenceError): boolean =>
  code === 'internal' || code === 'storage.denied' || code === 'storage.path' || code === 'storage.busy' || code === 'storage.io';

/** Converts any error of the system about reading a file to one of the file errors: never `internal`. */
export const toFileError = (error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  if (error instanceof EmergenceError || !isRefusal(known)) return known;
  return new EmergenceError('file.unreadable', { reason: problems[codeOf(error)] ?? 'other' }, { cause: error });
};

/** Converts the system's error about writing to the library's own folder. */
export const toStoreError = (error: unknown): EmergenceError => {
  const known = toEmergenceError(error);
  if (error instanceof EmergenceError || !isRefusal(known)) return known;
  return new EmergenceError('storage.unwritable', { reason: codeOf(error) }, { cause: error });
};
