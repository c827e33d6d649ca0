import type { ReadableDb, WritableDb } from '@main/store/database';
import { readFields } from '@main/store/json';
import { readModelHabits, writeModelHabits } from '@main/store/modelHabits';
import type { protocols } from '@shared/model';
import { z } from 'zod';
import type { ProviderFailure } from './failureWords';
import { type PromptMessage, textMessage, withTextBefore } from './promptMessage';

const fields = ['usage', 'temperature', 'limit', 'system', 'stream', 'window'] as const;
type Field = (typeof fields)[number];
type Protocol = (typeof protocols)[number];

const habitsSchema = z.object({
  /** Fields that are not sent to this model; its `system` text is put into the first message instead. */
  without: z.array(z.enum(fields)),
  /** True when the server uses the other name of the output limit. */
  otherLimit: z.boolean(),
  /** The largest output limit that the server accepts. */
  mostOutput: z.number().int().positive().nullable(),
});

/** The fields that the server of a model has refused so far, which are not sent again. */
export type ModelHabits = z.infer<typeof habitsSchema>;

export const noHabits: ModelHabits = { without: [], otherLimit: false, mostOutput: null };

/** Patterns for the fields in servers' messages, which are in lower case here. */
const named: Record<Field, RegExp> = {
  usage: /stream_?options|include_usage/,
  temperature: /\btemperature\b/,
  limit: /\bmax_?(?:completion_?|output_?|new_?)?tokens\b|\bnum_predict\b|\bmaxoutputtokens\b|\boutput token/,
  system:
    /(?:system|developer)[\s_'"`-]*(?:role|message|instruction|prompt)s?\b.{0,80}(?:not|n't|unsupported|invalid|only)|(?:not|n't|unsupported|unknown|unexpected|invalid|no)\b.{0,40}(?:system|developer)[\s_'"`-]*(?:role|message|instruction|prompt)|roles must alternate|only user(?:,| and) (?:assistant|model)|role.{0,30}['"`]system['"`]|system_?instruction|(?:valid|supported) role.{0,40}user|invalid role\W{0,3}system|不支持\s*system|system.{0,10}不支持/,
  stream:
    /\bto stream\b|\bstream(?:ing)?\b.{0,60}(?:not|n't|unsupported|disabled|unavailable)|(?:not|n't) support\w* stream(?:ing)?\b|\bstream\W{0,3}must be false|unsupported.{0,20}\bstream(?:ing)?\b|"param":\s*"stream"/,
  window: /\bnum_ctx\b/,
};

const refuses =
  /unrecogni|unknown|unsupported|support|available|disabled|permitted|allowed|unexpected|invalid|extra|additional|deprecated|only|must|no longer|cannot|can't|not implemented|forbidden|not enabled|exceed|larger|greater|large|maximum|at most|less than|>|range|alternate|restricted|incompatible|verified|不支持|非法|无效/;

/** Statuses with which a server may report a field that it does not accept. */
const mayRefuse = (status: number | null): boolean => status === null || [400, 405, 406, 409, 415, 422, 500, 501].includes(status);

/** The parts of a request that a server may refuse. */
interface Asked {
  system: string;
  temperature: number | null;
  maxOutputTokens: number | null;
  habits: ModelHabits;
}

/** The fields of a request that were sent and could be left out or replaced. */
const sentFields = (request: Asked, habits: ModelHabits): Field[] =>
  fields.filter((field) => {
    if (habits.without.includes(field)) return false;
    if (field === 'system') return request.system !== '';
    if (field === 'temperature') return request.temperature !== null;
    return true;
  });

const speaksOfBound = />|<|at most|maximum|less than|exceed|range|too (?:large|big|high|long)|greater|up to|between|limit/;
const statusFields = /"(?:code|status|status_code)":\s*\d+/g;

/** The largest number in a refusal that is below the limit sent: the server's own limit. */
const ownLimit = (words: string, sent: number): number | null => {
  if (!speaksOfBound.test(words)) return null;
  const numbers = [...words.replace(statusFields, '').matchAll(/(?<![\w.])\d{1,3}(?:,\d{3})+(?![\w.]*\d)|(?<![\w.])\d+(?![\w.]*\d)/g)]
    .map(([text]) => Number(text.replaceAll(',', '')))
    .filter((number) => number >= 16 && number < sent);
  return numbers.length > 0 ? Math.max(...numbers) : null;
};

/** The limit that is sent when the person set none but the protocol requires one. */
export const defaultOutputTokens = 8192;

/** The output limit for a request; null: send none. */
export const outputLimit = (request: Pick<Asked, 'maxOutputTokens' | 'habits'>): number | null => {
  const { maxOutputTokens, habits } = request;
  if (maxOutputTokens === null || habits.mostOutput === null) return maxOutputTokens;
  return Math.min(maxOutputTokens, habits.mostOutput);
};

const withoutLimit = (words: string, request: Asked, habits: ModelHabits, demanded: boolean): ModelHabits | null => {
  const sent = Math.min(
    request.maxOutputTokens ?? (demanded ? defaultOutputTokens : Number.POSITIVE_INFINITY),
    habits.mostOutput ?? Number.POSITIVE_INFINITY,
  );
  if (!Number.isFinite(sent)) return null;
  const both = /max_tokens/.test(words) && /max_completion_tokens/.test(words);
  if (!demanded && !habits.otherLimit && (both || /extra_forbidden|unrecogni|unknown|unexpected|extra (?:input|field)/.test(words)))
    return { ...habits, otherLimit: true };
  const own = ownLimit(words, sent);
  if (own !== null) return { ...habits, mostOutput: own };
  if (!demanded) return { ...habits, without: [...habits.without, 'limit'] };
  return sent > 256 ? { ...habits, mostOutput: Math.floor(sent / 2) } : null;
};

/**
 * The habits for another try after a server's refusal; null where its words name no field that was sent. `demanded`: the protocol
 * requires an output limit. Pure.
 */
export const habitsAfter = (
  { status, words }: ProviderFailure,
  request: Asked,
  { protocol }: { protocol: Protocol },
): ModelHabits | null => {
  const { habits } = request;
  const demanded = protocol === 'anthropic';
  if (!mayRefuse(status) || !refuses.test(words)) return null;
  const refused = sentFields(request, habits).filter((field) => named[field].test(words));
  let next = habits;
  for (const field of refused) {
    if (field !== 'limit') next = { ...next, without: [...next.without, field] };
    else next = withoutLimit(words, request, next, demanded) ?? next;
  }
  return next === habits ? null : next;
};

/** The messages for a model that accepts no system text: the text is put before the first message of the person. */
export const foldSystem = ({
  system,
  messages,
  habits,
}: Pick<Asked, 'system' | 'habits'> & { messages: PromptMessage[] }): { system: string; messages: PromptMessage[] } => {
  if (system === '' || !habits.without.includes('system')) return { system, messages };
  const [first, ...rest] = messages;
  if (first?.role !== 'user') return { system: '', messages: [textMessage('user', system), ...messages] };
  return { system: '', messages: [withTextBefore(system, first), ...rest] };
};

/** Stores the habits of the models of accounts, over restarts. An account with another address is another server. */
export interface HabitBook {
  of(model: { accountId: string; address: string; model: string }): ModelHabits;
  keep(model: { accountId: string; address: string; model: string }, habits: ModelHabits): void;
}

/** Fields that another version did not write, or wrote in another form, count as not learnt: the server will refuse them again. */
export const createHabitBook = (db: ReadableDb & WritableDb, now: () => number): HabitBook => ({
  of: (model) =>
    readFields(habitsSchema, readModelHabits(db, model), noHabits, `model_habits ${model.accountId} ${model.model}`) ?? noHabits,
  keep: (model, habits) => writeModelHabits(db, { ...model, habits: JSON.stringify(habits), at: now() }),
});
