import { renderContinue, renderSources } from '@main/chat/answerPrompt';
import { packContext } from '@main/knowledge/context';
import { asData, type Prompts, personaOf } from '@main/prompts/prompts';
import type { BuiltPrompt } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import type { DebateConfig, DebateTurn, Source } from '@shared/model';
import { mediatorSeat, seatOf } from './debateState';
import { renderTranscript } from './transcript';

export interface DebatePromptInput {
  language: 'en' | 'fr';
  config: DebateConfig;
  seat: number;
  round: number;
  /** What this speaker has heard: nothing in round 1. */
  heard: readonly DebateTurn[];
  /** Null: documents are off. */
  sources: Source[] | null;
  /** What it said before the debate was stopped. */
  partial: string;
  contextTokens: number | null;
}

export interface DebatePrompt extends BuiltPrompt {
  versionId: string;
  given: Source[];
}

/** Kept free for the speaker: 4 to 10 sentences. */
const outputTokens = 700;

/** What one speaker is told: its side, its part, what it heard, its sources; fitted to the model's window. */
export const buildDebatePrompt = (prompts: Prompts, input: DebatePromptInput): DebatePrompt => {
  const { language, config } = input;
  const { agentId, part, side } = seatOf(config, input.seat);
  const topic = asData(config.topic);
  const common = {
    topic,
    side: asData(side),
    part: part === 'mediator' ? '' : prompts.render(`debate-part-${part}`, language, {}).text,
    round: String(input.round),
    rounds: String(config.rounds),
  };
  const render = (sources: Source[], transcript: string) => {
    const block = input.sources === null ? prompts.render('sources-off', language, {}).text : renderSources(prompts, language, sources);
    if (input.seat === mediatorSeat) return prompts.render('debate-synthesis', language, { topic, transcript, sources: block });
    if (input.heard.length === 0) return prompts.render('debate-turn-first', language, { ...common, sources: block });
    return prompts.render('debate-turn', language, { ...common, transcript, sources: block });
  };
  const system = prompts.render(personaOf(agentId), language, {}).text;
  const goOn = input.partial === '' ? [] : renderContinue(prompts, language, input.partial);
  const fixedTokens = estimateTokens(system + render([], '').text + goOn.map(({ content }) => content).join(''));
  // Sources first take their share, the transcript the rest.
  const window = { contextTokens: input.contextTokens, instructionTokens: fixedTokens, outputTokens, history: [], last: [] };
  const half = Math.floor((input.contextTokens ?? 8_192) / 2);
  const { sources: given } = packContext({ ...window, contextTokens: half, sources: input.sources ?? [] });
  const sourceTokens = estimateTokens(renderSources(prompts, language, given));
  const transcript = asData(
    renderTranscript(config, input.heard, Math.max(0, (input.contextTokens ?? 8_192) - fixedTokens - sourceTokens - outputTokens)),
  );
  const { text, versionId } = render(given, transcript);
  return { system, messages: [{ role: 'user', content: text }, ...goOn], versionId, given };
};
