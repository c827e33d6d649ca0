import pino from 'pino';
import type { Logger } from './telemetry';

/** Fields whose value is content or a secret, in any object. */
const hidden =
  /^(authorization|cookie|password|passphrase|secret|token|key|api_?key|text|content|quote|prompt|question|query|message_?text|answer|body|headers|said)$/i;
/** Secrets that libraries put into their own messages. */
const secretShapes = /\b(sk|pk|rk|xai|gsk|key)-[\w-]{8,}|\bAIza[\w-]{20,}|\bBearer\s+[\w.~+/=-]{8,}|([?&#](?:key|token)=)[^&\s"]+/gi;
const maxDepth = 4;
const maxText = 600;

/** The text without anything that looks like a key. */
const maskSecrets = (text: string): string =>
  text.replace(secretShapes, (_match, prefix: string | undefined, assignment: string | undefined) =>
    assignment ? `${assignment}[hidden]` : prefix ? `${prefix}-[hidden]` : '[hidden]',
  );

const plain = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return value.length > maxText ? `${value.slice(0, maxText)}…` : value;
  if (value instanceof Error) return plainError(value, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxDepth) return '[deeper]';
  if (Array.isArray(value)) return value.slice(0, 20).map((item) => plain(item, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hidden.test(key) ? '[hidden]' : plain(item, depth + 1)]));
};

/** Name, code, message and stack: the other fields of a library's error can carry the request, and with it content. */
const plainError = (error: Error, depth: number): unknown => ({
  name: error.name,
  code: (error as { code?: unknown }).code,
  message: plain(error.message, depth),
  stack: plain(error.stack ?? '', depth),
  ...(error.cause === undefined || depth >= maxDepth ? {} : { cause: plain(error.cause, depth + 1) }),
});

/** Writes lines of JSON without content and without keys. Without a destination nothing is written. */
export const createLogger = (destination?: { write(line: string): void }): Logger =>
  pino(
    {
      level: destination ? 'info' : 'silent',
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => plain(error, 0) },
      formatters: { level: (label) => ({ level: label }), log: (fields) => plain(fields, 0) as Record<string, unknown> },
    },
    { write: (line) => destination?.write(maskSecrets(line)) },
  );
