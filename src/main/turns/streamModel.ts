import { type BuiltPrompt, type Candidate, candidateLabel, type GatewayRequest, lengthLimit } from '@main/providers/gateway';
import type { AnswerInfo, EmergenceError, Source, TurnEvent } from '@shared/model';
import type { AnswerWriter } from './answerWriter';
import type { OpenTurn, TurnDeps } from './turn';
import { turnError } from './turnError';

/** A prompt and the sources in it, whose numbers the answer may cite; null: the library was not searched. */
export interface SourcedPrompt extends BuiltPrompt {
  given: readonly Source[] | null;
}

export interface ModelCall<Prompt extends SourcedPrompt> {
  purpose: GatewayRequest['purpose'];
  candidates: Candidate[];
  build: (candidate: Candidate) => Prompt;
  writer: AnswerWriter;
  signal: AbortSignal;
  /** Called at each step of the call; the text itself goes to the writer. */
  emit?: (event: Extract<TurnEvent, { type: 'status' | 'fallback' }>) => void;
}

/** One model replaced another, before its first word; both by their labels. */
export interface HandOver {
  from: string;
  to: string;
  reason: EmergenceError['code'];
}

/** The outcome of an answer by a model, also where it failed. */
export interface ModelAnswer<Prompt extends SourcedPrompt = SourcedPrompt> extends Pick<AnswerInfo, 'usage' | 'firstWordMs'> {
  /** The model that was called last; empty before any was. */
  provider: string;
  model: string;
  handOvers: readonly HandOver[];
  /** The prompt as it was built for that model. */
  prompt: Prompt | null;
  /** Null when the answer is complete. */
  error: EmergenceError | null;
}

/** The answer when no model was called. */
export const notAsked: ModelAnswer<never> = {
  provider: '',
  model: '',
  usage: null,
  firstWordMs: null,
  handOvers: [],
  prompt: null,
  error: null,
};

/** Streams one answer into the writer, from the first model that gives one. Never rejects. */
export const streamModel = async <Prompt extends SourcedPrompt>(
  deps: TurnDeps,
  turn: OpenTurn,
  { purpose, candidates, build, writer, signal, emit = () => {} }: ModelCall<Prompt>,
): Promise<ModelAnswer<Prompt>> => {
  const { temperature, maxOutputTokens } = deps.agents.get(turn.agentId);
  const handOvers: HandOver[] = [];
  const answer: ModelAnswer<Prompt> = { ...notAsked, handOvers };
  const stream = deps.gateway.stream({
    purpose,
    turnId: turn.id,
    conversationId: turn.conversationId,
    agentId: turn.agentId,
    candidates,
    build: (candidate) => {
      const prompt = build(candidate);
      writer.allow(prompt.given);
      answer.prompt = prompt;
      return prompt;
    },
    temperature,
    maxOutputTokens,
    signal,
  });
  try {
    for await (const event of stream) {
      switch (event.type) {
        case 'attempt': {
          const { provider, model } = event.candidate;
          writer.restart();
          Object.assign(answer, { provider, model });
          emit({ type: 'status', step: 'connecting', provider, model });
          break;
        }
        case 'retry':
          emit({ type: 'status', step: 'waiting', provider: answer.provider, model: answer.model, retryInMs: event.waitMs });
          break;
        case 'fallback': {
          const { code: reason } = event.error;
          const handOver = { from: candidateLabel(event.from, event.to), to: candidateLabel(event.to, event.from), reason };
          handOvers.push(handOver);
          emit({ type: 'fallback', ...handOver });
          break;
        }
        case 'thinking':
          writer.think(event.text, event.ms);
          break;
        case 'rethink':
          writer.rethink(event.ms);
          answer.firstWordMs = null;
          break;
        case 'delta':
          if (answer.firstWordMs === null) {
            answer.firstWordMs = deps.now() - turn.createdAt;
            emit({ type: 'status', step: 'writing', provider: answer.provider, model: answer.model });
          }
          writer.write(event.text);
          break;
        case 'finish':
          answer.usage = event.usage;
          if (event.truncated) throw lengthLimit();
          break;
      }
    }
  } catch (thrown) {
    answer.error = turnError(deps, turn, thrown, signal);
  }
  return answer;
};
