import type { Candidate, GatewayRequest, ModelGateway } from '@main/providers/gateway';
import { textMessage } from '@main/providers/promptMessage';

export interface TextRequest extends Pick<GatewayRequest, 'purpose' | 'turnId' | 'conversationId' | 'agentId' | 'maxOutputTokens'> {
  candidates: Candidate[];
  /** Sent as the person's message, the same to any model that answers. */
  prompt: { text: string; versionId: string };
  /** Milliseconds after which the call is given up. */
  limitMs: number;
  signal: AbortSignal;
}

/**
 * A short text that a model writes for the program, not for the reader of a conversation. `whole` is false where the model's length
 * limit cut it; `model` is the one that answered. Rejects with the gateway's error.
 */
export const completeText = async (
  gateway: Pick<ModelGateway, 'stream'>,
  { prompt, limitMs, signal, ...request }: TextRequest,
): Promise<{ text: string; whole: boolean; model: string | null }> => {
  let text = '';
  let whole = true;
  let model: string | null = null;
  const stream = gateway.stream({
    ...request,
    build: () => ({ system: '', messages: [textMessage('user', prompt.text)], versionId: prompt.versionId }),
    temperature: null,
    signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
  });
  for await (const event of stream) {
    if (event.type === 'delta') text += event.text;
    if (event.type === 'rethink') text = '';
    if (event.type === 'finish') {
      whole = !event.truncated;
      model = event.candidate.model;
    }
  }
  return { text, whole, model };
};
