import { ORPCError } from '@orpc/server';
import { EmergenceError, type ErrorCode, toEmergenceError } from '@shared/model';

/** The public form of an error, for other programs (decision 11). */
export interface PublicError {
  type: 'error';
  error_code: string;
  message: string;
  details: Record<string, unknown>;
}

/** The public name of each inner code, where it is not simply the code in capitals. */
const publicNames: Partial<Record<ErrorCode, string>> = {
  'input.invalid': 'VALIDATION_ERROR',
  'input.too_long': 'INPUT_TOO_LONG',
  'auth.required': 'UNAUTHORIZED',
  rate_limited: 'RATE_LIMIT',
  'provider.none': 'LLM_NOT_CONFIGURED',
  'provider.auth': 'LLM_AUTH',
  'provider.rate_limited': 'LLM_RATE_LIMIT',
  'provider.quota': 'LLM_QUOTA',
  'provider.region': 'LLM_REGION',
  'provider.address': 'LLM_ADDRESS',
  'provider.unavailable': 'LLM_UNAVAILABLE',
  'provider.timeout': 'LLM_TIMEOUT',
  'provider.interrupted': 'LLM_INTERRUPTED',
  'provider.protocol': 'LLM_PROTOCOL',
  'provider.rejected': 'LLM_REJECTED',
  'provider.context_exceeded': 'LLM_CONTEXT_EXCEEDED',
  'provider.content_filtered': 'LLM_CONTENT_FILTERED',
  'provider.circuit_open': 'LLM_CIRCUIT_OPEN',
  internal: 'INTERNAL_ERROR',
};

const publicName = (code: ErrorCode): string => publicNames[code] ?? code.replaceAll('.', '_').toUpperCase();
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const fromKnown = (error: EmergenceError): PublicError => ({
  type: 'error',
  error_code: publicName(error.code),
  message: error.message,
  details: {
    ...Object.fromEntries(Object.entries(error.details).map(([name, value]) => [snake(name), value])),
    ...(error.action === 'none' ? {} : { action: error.action }),
  },
});

interface Issue {
  message: string;
  path?: (PropertyKey | { key: PropertyKey })[];
}

const issuesOf = (data: unknown): { path: string; message: string }[] => {
  const issues = (data as { issues?: Issue[] } | undefined)?.issues ?? [];
  return issues.map(({ message, path = [] }) => ({
    message,
    path: path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
  }));
};

/** Maps the error of a handler, or a refusal before one, to the public form. The only place that does so. */
export const toPublicError = (error: unknown): PublicError => {
  if (!(error instanceof ORPCError)) return fromKnown(toEmergenceError(error));
  if (error.defined) {
    const data = error.data as { action: EmergenceError['action']; details: EmergenceError['details'] };
    return fromKnown(new EmergenceError(error.code as ErrorCode, data.details, { message: error.message, action: data.action }));
  }
  if (error.status === 400)
    return { ...fromKnown(new EmergenceError('input.invalid')), message: error.message, details: { issues: issuesOf(error.data) } };
  if (error.status === 404) return fromKnown(new EmergenceError('not_found'));
  if (error.status === 413) return fromKnown(new EmergenceError('input.too_long'));
  return fromKnown(new EmergenceError('internal'));
};
