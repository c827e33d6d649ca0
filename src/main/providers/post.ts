import { readBounded } from '@main/network/boundedBody';
import { jsonFits } from '@main/network/boundedJson';
import { EmergenceError } from '@shared/model';
import { failureError } from './failure';
import { readFailure } from './failureWords';
import { entriesOf, fieldsOf, wordsOf } from './loose';
import { answerLimits } from './policies';
import type { Connection } from './protocol';

const parsed = (text: string): unknown => {
  try {
    return jsonFits(text) ? JSON.parse(text) : text;
  } catch {
    return text;
  }
};

/** The failure in an answer with a status other than 2xx; its body is read within limits. */
export const refusalOf = async (response: Response): Promise<EmergenceError> => {
  const said = await readBounded(response, answerLimits.errorBytes, { cut: true });
  return failureError(readFailure(response.status, parsed(said), null), undefined);
};

/** Sends one JSON request and returns the body of the answer. Throws a typed error for any status but 2xx. */
export const post = async (
  connection: Connection,
  address: string,
  { headers, body }: { headers: Record<string, string>; body: unknown },
): Promise<ReadableStream<Uint8Array>> => {
  const response = await connection.fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream, application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await refusalOf(response);
  if (!response.body) throw new EmergenceError('provider.protocol');
  return response.body;
};

const httpStatus = (value: unknown): number | null => {
  const status = Number(value);
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : null;
};

/** Some servers send an empty error beside every good answer. */
const isSomething = (value: unknown): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some(isSomething)
    : value !== undefined && value !== null && value !== false && value !== '' && value !== 0;

/** True for an answer without content that reports a refusal in one of the services' forms. */
const isRefusal = (fields: Record<string, unknown>): boolean =>
  entriesOf(fields.detail).length > 0 ||
  entriesOf(fields.errors).length > 0 ||
  wordsOf(fields.detail) !== '' ||
  httpStatus(fields.code ?? fields.status) !== null ||
  fields.success === false ||
  isSomething(fieldsOf(fields.base_resp).status_code) ||
  isSomething(fields.error_code) ||
  isSomething(fields.error_msg) ||
  (wordsOf(fields.message) !== '' &&
    (isSomething(fields.code) || /^(?:error|fail)/i.test(wordsOf(fields.status)) || Object.keys(fields).length === 1));

/**
 * The failure that a server reports inside an answer of status 200, in any of the known forms; null when the value reports none.
 */
export const failureIn = (value: unknown): EmergenceError | null => {
  const fields = fieldsOf(value);
  const told =
    isSomething(fields.error) ||
    fields.object === 'error' ||
    fields.type === 'error' ||
    (entriesOf(fields.choices).length === 0 && fields.candidates === undefined && isRefusal(fields));
  if (!told) return null;
  const inner = fieldsOf(fields.error);
  const status = httpStatus(inner.code ?? inner.status ?? fields.code ?? fields.status);
  return failureError(readFailure(status, value, null), undefined);
};
