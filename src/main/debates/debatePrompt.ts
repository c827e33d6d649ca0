import { packContext, unknownWindow } from '@main/knowledge/context';
import { asData, type Prompts, personaOf } from '@main/prompts/prompts';
import type { BuiltPrompt } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import { renderContinue, renderSources } from '@main/turns/promptParts';
import type { DebateConfig, DebateTurn, Source } from '@shared/model';
import { mediatorSeat, seatOf } from './debateState';
import { earlierOf, type Summary } from './summary';
import { entriesOf, renderTranscript } from './transcript';

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
  /** Null when all that was heard had room word for word. */
  condensed: DebateTurn['condensed'];
}

/** Kept free for the speaker: 4 to 10 sentences. */
const outputTokens = 700;

/** All but the transcript, and the tokens that are left for it: the sources first take their share of the window. */
const frameOf = (prompts: Prompts, input: DebatePromptInput) => {
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
  const window = input.contextTokens ?? unknownWindow;
  const { sources: given } = packContext({
    contextTokens: Math.floor(window / 2),
    instructionTokens: fixedTokens,
    outputTokens,
    history: [],
    last: [],
    sources: input.sources ?? [],
  });
  const sourceTokens = estimateTokens(renderSources(prompts, language, given));
  return { system, goOn, render, given, room: Math.max(0, window - fixedTokens - sourceTokens - outputTokens) };
};

/** Tokens that this speaker's model has for what was said. */
export const transcriptRoom = (prompts: Prompts, input: DebatePromptInput): number => frameOf(prompts, input).room;

/** What one speaker is told: its side, its part, what it heard, its sources; fitted to the model's window. */
export const buildDebatePrompt = (prompts: Prompts, input: DebatePromptInput & { summary: Summary | null }): DebatePrompt => {
  const { system, goOn, render, given, room } = frameOf(prompts, input);
  const { summarised, leftOut, ...transcript } = renderTranscript({
    entries: entriesOf(input.config, input.heard),
    tokens: room,
    earlier: earlierOf(prompts, input.language, input.heard, input.summary),
  });
  const { text, versionId } = render(given, asData(transcript.text));
  const summary = summarised > 0 ? (input.summary?.text ?? '') : '';
  const condensed = summarised + leftOut > 0 ? { summary, summarised, leftOut } : null;
  return { system, messages: [{ role: 'user', content: text }, ...goOn], versionId, given, condensed };
};
