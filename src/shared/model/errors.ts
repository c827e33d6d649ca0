import { z } from 'zod';

/** The actions against an error; each leads to one button. */
export const errorActions = [
  'retry',
  'continue',
  'open_provider_settings',
  'add_provider',
  'choose_model',
  'wait',
  'open_library',
  'choose_other_file',
  'free_disk_space',
  'none',
] as const;
export type ErrorAction = (typeof errorActions)[number];

/**
 * The one error family. Codes are named by cause; `status` is the HTTP status of the REST form, `action` the default action of the
 * person.
 */
export const errorTable = {
  'input.invalid': { status: 400, action: 'none', message: 'The request is not valid.' },
  'input.too_long': { status: 413, action: 'none', message: 'The text is too long.' },
  'auth.required': { status: 401, action: 'none', message: 'A valid token is required.' },
  not_found: { status: 404, action: 'none', message: 'This does not exist (any more).' },
  conflict: { status: 409, action: 'none', message: 'This cannot be done in the present state.' },
  cancelled: { status: 499, action: 'none', message: 'Cancelled.' },
  rate_limited: { status: 429, action: 'wait', message: 'Too many requests.' },
  'provider.none': { status: 409, action: 'add_provider', message: 'No provider with a chat model is set up.' },
  'provider.auth': { status: 502, action: 'open_provider_settings', message: 'The provider refused the key.' },
  'provider.region': { status: 502, action: 'choose_model', message: 'The provider does not serve this country or region.' },
  'provider.address': { status: 502, action: 'open_provider_settings', message: 'There is no such service at this address.' },
  'provider.rate_limited': { status: 429, action: 'wait', message: 'The provider asks to slow down.' },
  'provider.quota': { status: 402, action: 'open_provider_settings', message: 'The account at the provider has no credit left.' },
  'provider.unavailable': { status: 503, action: 'retry', message: 'The provider cannot be reached or is failing.' },
  'provider.timeout': { status: 504, action: 'retry', message: 'The provider did not answer in time.' },
  'provider.interrupted': { status: 502, action: 'continue', message: 'The connection broke before the answer was complete.' },
  'provider.protocol': { status: 502, action: 'retry', message: 'The provider sent something that cannot be understood.' },
  'provider.no_answer': { status: 502, action: 'retry', message: 'The model ended without an answer.' },
  'provider.too_much': { status: 502, action: 'choose_model', message: 'The provider sent more than an answer may hold.' },
  'provider.rejected': { status: 422, action: 'choose_model', message: 'The provider rejected the request.' },
  'provider.context_exceeded': { status: 422, action: 'choose_model', message: "The conversation does not fit in the model's context." },
  'provider.content_filtered': { status: 422, action: 'choose_model', message: 'The provider refused to answer this.' },
  'provider.circuit_open': {
    status: 503,
    action: 'wait',
    message: 'The provider failed several times in a row and is given a short rest.',
  },
  'model.missing': { status: 404, action: 'choose_model', message: 'This model is not available.' },
  'model.download': { status: 502, action: 'retry', message: 'The model could not be downloaded.' },
  'budget.exceeded': { status: 402, action: 'none', message: 'The budget is used up.' },
  'document.unsupported': { status: 415, action: 'choose_other_file', message: 'This kind of file is not supported.' },
  'document.encrypted': { status: 422, action: 'choose_other_file', message: 'The document is protected by a password.' },
  'document.unreadable': { status: 422, action: 'choose_other_file', message: 'The document is damaged and cannot be read.' },
  'document.empty': { status: 422, action: 'choose_other_file', message: 'The document contains no text.' },
  'document.no_text_layer': { status: 422, action: 'choose_other_file', message: 'The pages are pictures without text.' },
  'document.too_large': { status: 413, action: 'choose_other_file', message: 'The document is too large.' },
  'document.time_limit': { status: 422, action: 'retry', message: 'Reading the document took too long.' },
  'document.memory_limit': { status: 422, action: 'choose_other_file', message: 'Reading the document needed too much memory.' },
  'document.original_missing': {
    status: 410,
    action: 'choose_other_file',
    message: 'The copy of the file that Emergence kept is gone. Add the file again.',
  },
  'document.unsafe': { status: 422, action: 'choose_other_file', message: 'The file is built to harm the program that opens it.' },
  'page.failed': { status: 422, action: 'retry', message: 'The web page could not be fetched.' },
  'file.unreadable': { status: 422, action: 'choose_other_file', message: 'The file cannot be read.' },
  'search.unavailable': { status: 503, action: 'retry', message: 'Search is starting again.' },
  'storage.full': { status: 507, action: 'free_disk_space', message: 'The disk is full. Make room on it, then try again.' },
  'storage.unwritable': {
    status: 507,
    action: 'retry',
    message: 'Emergence may not write into its data folder. Check that the folder is there and may be written to, then try again.',
  },
  'storage.newer': { status: 409, action: 'none', message: 'The data was written by a newer version of Emergence.' },
  'storage.damaged': { status: 500, action: 'none', message: 'The database is damaged.' },
  'storage.backup_damaged': { status: 409, action: 'none', message: 'This backup is damaged and cannot be restored.' },
  'storage.empty': { status: 500, action: 'none', message: 'The database is gone, while other data of it is still there.' },
  'storage.foreign': { status: 500, action: 'none', message: 'The database belongs to another program.' },
  'storage.denied': { status: 500, action: 'none', message: 'The system does not let Emergence write there.' },
  'storage.busy': { status: 503, action: 'retry', message: 'Another program is using the database.' },
  'storage.path': {
    status: 500,
    action: 'none',
    message: 'A file stands where a folder is needed, or the other way round, or a path is too long.',
  },
  'storage.io': { status: 500, action: 'retry', message: 'The disk does not answer as it should.' },
  'secrets.damaged': {
    status: 500,
    action: 'open_provider_settings',
    message: 'The stored key cannot be read. Enter it again; what is damaged is kept aside.',
  },
  'secrets.locked': {
    status: 409,
    action: 'none',
    message: 'The stored keys are sealed with another EMERGENCE_SECRET_KEY than that of this start. Nothing was changed.',
  },
  'secrets.refused': { status: 500, action: 'retry', message: 'The system does not let Emergence read or keep its keys.' },
  'process.died': { status: 503, action: 'retry', message: 'A helper process ended unexpectedly.' },
  internal: { status: 500, action: 'retry', message: 'Something went wrong inside Emergence.' },
} as const satisfies Record<string, { status: number; action: ErrorAction; message: string }>;

export type ErrorCode = keyof typeof errorTable;
export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];

/** Kinds of files that are not supported (`details.kind` of `document.unsupported`); the interface has a sentence for each. */
export const unsupportedKinds = [
  'image',
  'audio',
  'video',
  'archive',
  'spreadsheet',
  'presentation',
  'word_old',
  'office_old',
  'opendocument',
  'ebook',
  'mail',
  'drawing',
  'iwork',
  'database',
  'program',
  'font',
  'postscript',
  'encoding',
  'binary',
] as const;
export type UnsupportedKind = (typeof unsupportedKinds)[number];

/** Reasons why the system cannot read a file (`details.reason` of `file.unreadable`); the interface has a sentence for each. */
export const fileProblems = ['missing', 'denied', 'special', 'changed', 'too_long', 'loop', 'busy', 'device', 'other'] as const;
export type FileProblem = (typeof fileProblems)[number];

/** Reasons why a web page cannot be taken in (`details.reason` of `page.failed`); the interface has a sentence for each. */
export const pageProblems = [
  'address',
  'private',
  'unknown_host',
  'offline',
  'unreachable',
  'tls',
  'slow',
  'too_large',
  'redirects',
  'missing',
  'login',
  'busy',
  'server',
  'damaged',
  'empty',
  'type',
] as const;
export type PageProblem = (typeof pageProblems)[number];

/** An error as plain data: stored with a turn or a job, and sent to the window. */
export const errorRecordSchema = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  action: z.enum(errorActions),
  /** Facts about this occurrence (provider, retryAfterMs, attempts, logId ...). Never content, never secrets. */
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type ErrorRecord = z.infer<typeof errorRecordSchema>;
export type ErrorDetails = ErrorRecord['details'];

/** The error every room throws. `message` defaults to the table's; the interface translates by `code`. */
export class EmergenceError extends Error {
  override readonly name = 'EmergenceError';
  readonly action: ErrorAction;
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options: { message?: string; action?: ErrorAction; cause?: unknown } = {},
  ) {
    super(options.message ?? errorTable[code].message, { cause: options.cause });
    this.action = options.action ?? errorTable[code].action;
  }
  get status(): number {
    return errorTable[this.code].status;
  }
  toRecord(): ErrorRecord {
    return { code: this.code, message: this.message, action: this.action, details: this.details };
  }
  static fromRecord(record: ErrorRecord): EmergenceError {
    return new EmergenceError(record.code, record.details, { message: record.message, action: record.action });
  }
}

/** True for an abort by the program or a library: a cancelled call is not an error to report. */
export const isCancelled = (error: unknown): boolean =>
  error instanceof EmergenceError ? error.code === 'cancelled' : error instanceof Error && error.name === 'AbortError';

/** SHMSIZE: there is no room for the file through which SQLite's connections share the write-ahead log. */
const fullDisk = /^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/;
const damage = /^SQLITE_(CORRUPT|NOTADB)/;
/** Codes with which the system refuses a file, and the code of `errorTable` for each. */
const refusals: [RegExp, ErrorCode][] = [
  [fullDisk, 'storage.full'],
  [damage, 'storage.damaged'],
  [/^(EACCES|EPERM|EROFS|SQLITE_READONLY\w*|SQLITE_CANTOPEN\w*|SQLITE_PERM|SQLITE_AUTH)$/, 'storage.denied'],
  [/^(SQLITE_BUSY\w*|SQLITE_LOCKED\w*|EBUSY|ETXTBSY)$/, 'storage.busy'],
  [/^(ENOTDIR|EISDIR|EEXIST|ENAMETOOLONG|ELOOP)$/, 'storage.path'],
  [/^(EIO|SQLITE_IOERR\w*|ESTALE|ENODEV|ENXIO)$/, 'storage.io'],
];

/** The same codes come from sockets and child processes: only an error with a file's name, or of the database, is about storage. */
const refusalOf = (error: unknown): EmergenceError | null => {
  const { code, path, syscall } = (error ?? {}) as { code?: unknown; path?: unknown; syscall?: unknown };
  if (typeof code !== 'string') return null;
  const known = refusals.find(([pattern]) => pattern.test(code))?.[1];
  if (!known) return null;
  const aboutFile = code.startsWith('SQLITE_') || (typeof path === 'string' && !/^(spawn|connect|listen|bind)/.test(String(syscall)));
  if (!aboutFile && known !== 'storage.full') return null;
  const plain = known === 'storage.full' || known === 'storage.damaged';
  return new EmergenceError(known, plain ? {} : { reason: code, ...(typeof path === 'string' && { path }) }, { cause: error });
};

/** Converts any thrown value to an EmergenceError; an unknown one becomes `internal` with the given log id. */
export const toEmergenceError = (error: unknown, logId?: string): EmergenceError => {
  if (error instanceof EmergenceError) return error;
  if (isCancelled(error)) return new EmergenceError('cancelled', {}, { cause: error });
  const refusal = refusalOf(error);
  if (refusal) return refusal;
  return new EmergenceError('internal', logId ? { logId } : {}, { cause: error });
};

/** Ends a switch over a union: a new member does not compile until it is handled. */
export const assertNever = (value: never): never => {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
};
