import { mostCostNano } from '@main/store/usage';
import { assertNever, type ModelInfo, type Usage } from '@shared/model';
import type { BuiltPrompt } from './gateway';
import { type PromptMessage, type PromptPart, textMessage } from './promptMessage';
import type { ReportedUsage } from './protocol';

/** UTF-8 bytes a token, on the safe side: near 4 in English, 3.5 in French, 3 in Chinese, Japanese and Korean. */
const bytesPerToken = 3.5;
/** Tokens of the frame around each message. */
const perMessage = 4;

/** An estimate, some 15 % off in English and French; used to fit a prompt, and where the provider counts nothing. */
export const estimateTokens = (text: string): number => tokensOfBytes(Buffer.byteLength(text));

/** The estimate for a text of this many bytes. */
export const tokensOfBytes = (bytes: number): number => Math.ceil(bytes / bytesPerToken);

const partTokens = (part: PromptPart): number => {
  switch (part.type) {
    case 'text':
    case 'toolResult':
      return estimateTokens(part.text);
    case 'image':
    case 'file':
      return part.tokens;
    case 'toolCall':
      return estimateTokens(`${part.name}${JSON.stringify(part.arguments)}`);
    default:
      return assertNever(part);
  }
};

export const estimateMessageTokens = ({ parts }: PromptMessage): number => parts.reduce((sum, part) => sum + partTokens(part), perMessage);

export const estimatePromptTokens = ({ system, messages }: Pick<BuiltPrompt, 'system' | 'messages'>): number =>
  (system ? estimateMessageTokens(textMessage('user', system)) : 0) +
  messages.reduce((sum, message) => sum + estimateMessageTokens(message), 0);

/** The usage of a call, every part known. */
type CountedUsage = Pick<Usage, 'inputTokens' | 'outputTokens' | 'cachedTokens'>;

type Prices = Pick<ModelInfo, 'priceInput' | 'priceOutput' | 'priceCached'>;

/**
 * Cost in 1e-9 USD: tokens times USD per million tokens is 1e-6 USD, so times 1000. Null when a needed price is unknown; no tokens
 * cost nothing at any price. Cached tokens without a price of their own cost as input.
 */
export const costNano = (usage: CountedUsage, prices: Prices | null): number | null => {
  if (usage.inputTokens === 0 && usage.outputTokens === 0) return 0;
  if (!prices || prices.priceInput === null || prices.priceOutput === null) return null;
  const fresh = usage.inputTokens - usage.cachedTokens;
  const dollarsPerMillion =
    fresh * prices.priceInput + usage.cachedTokens * (prices.priceCached ?? prices.priceInput) + usage.outputTokens * prices.priceOutput;
  const cost = Math.round(dollarsPerMillion * 1000);
  return cost >= 0 && cost <= mostCostNano ? cost : null;
};

/**
 * The usage of a call: as reported at its end, else estimated from the prompt and the received text; a missing half is estimated
 * alone. A report from before a stream broke off (`complete` false) is not final: the output counts at least the received text.
 * Some servers report zeros for everything, which is no report. A call that used nothing is not an estimate.
 */
export const usageOf = (call: {
  reported: ReportedUsage | null;
  complete: boolean;
  estimate: CountedUsage;
  prices: Prices | null;
}): Usage => {
  const { complete, estimate, prices } = call;
  const reported = call.reported && (call.reported.inputTokens ?? 0) + (call.reported.outputTokens ?? 0) > 0 ? call.reported : null;
  const exact = reported !== null && complete && reported.inputTokens !== null && reported.outputTokens !== null;
  const inputTokens = reported?.inputTokens ?? estimate.inputTokens;
  const output = reported?.outputTokens ?? estimate.outputTokens;
  const counted: CountedUsage = {
    inputTokens,
    outputTokens: complete ? output : Math.max(output, estimate.outputTokens),
    cachedTokens: Math.min(reported?.cachedTokens ?? 0, inputTokens),
  };
  return { ...counted, estimated: !exact && counted.inputTokens + counted.outputTokens > 0, costNano: costNano(counted, prices) };
};
