import { packContext, unknownWindow } from '@main/knowledge/context';
import type { Prompts } from '@main/prompts/prompts';
import type { BuiltPrompt } from '@main/providers/gateway';
import { messageText, textMessage } from '@main/providers/promptMessage';
import { estimateTokens } from '@main/providers/tokens';
import { renderContinue, renderSources } from '@main/turns/promptParts';
import type { DebateConfig, DebateTurn, Source } from '@shared/model';
import { mediatorSeat, seatOf } from './debateState';
import { earlierOf, type Summary } from './summary';
import { entriesOf, renderTranscript } from './transcript';

export interface DebatePromptInput {
  language: 'en' | 'fr';
  /** The persona of the agent that speaks. */
  persona: string;
  /** The name of an agent. */
  nameOf: (agentId: string) => string;
  config: DebateConfig;
  seat: number;
  round: number;
  /** The contributions that this speaker knows: none in round 1. */
  heard: readonly DebateTurn[];
  /** Null when documents are off. */
  sources: Source[] | null;
  /** The text of this contribution from before the debate was stopped. */
  partial: string;
  contextTokens: number | null;
}

export interface DebatePrompt extends BuiltPrompt {
  /** The sources that fit; null when documents are off. */
  given: Source[] | null;
  /** Null when all known contributions fit word for word. */
  condensed: DebateTurn['condensed'];
}

/** Kept free for the contribution: 4 to 10 sentences. */
const outputTokens = 700;

/** A speaker's prompt without the transcript. */
export interface DebatePromptFrame {
  /** How many tokens of the model's window are left for the transcript after the sources took their share. */
  readonly room: number;
  /** Puts the transcript into the prompt, shortened to the room by the summary of its oldest contributions. */
  fill(summary: Summary | null): DebatePrompt;
}

/** Builds the prompt of one speaker: its side, its part, its sources; fitted to the model's window. */
export const frameDebatePrompt = (prompts: Prompts, input: DebatePromptInput): DebatePromptFrame => {
  const { language, config, heard } = input;
  const { part, side } = seatOf(config, input.seat);
  const topic = prompts.asData(config.topic);
  const common = {
    topic,
    side: prompts.asData(side),
    part: part === 'mediator' ? '' : prompts.render(`debate-part-${part}`, language, {}).text,
    round: String(input.round),
    rounds: String(config.rounds),
  };
  const render = (sources: Source[], transcript: string) => {
    const block = input.sources === null ? prompts.render('sources-off', language, {}).text : renderSources(prompts, language, sources);
    if (input.seat === mediatorSeat) return prompts.render('debate-synthesis', language, { topic, transcript, sources: block });
    if (heard.length === 0) return prompts.render('debate-turn-first', language, { ...common, sources: block });
    return prompts.render('debate-turn', language, { ...common, transcript, sources: block });
  };
  const system = input.persona;
  const goOn = input.partial === '' ? [] : renderContinue(prompts, language, input.partial);
  const fixedTokens = estimateTokens(system + render([], '').text + goOn.map(messageText).join(''));
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
  const room = Math.max(0, window - fixedTokens - sourceTokens - outputTokens);
  return {
    room,
    fill: (summary) => {
      const { summarised, leftOut, ...transcript } = renderTranscript({
        entries: entriesOf(config, heard, input.nameOf),
        tokens: room,
        earlier: earlierOf(prompts, language, heard, summary),
      });
      const { text, versionId } = render(given, prompts.asData(transcript.text));
      const condensed = summarised + leftOut > 0 ? { summary: summarised > 0 ? (summary?.text ?? '') : '', summarised, leftOut } : null;
      return { system, messages: [textMessage('user', text), ...goOn], versionId, given: input.sources && given, condensed };
    },
  };
};
