import { packContext } from '@main/knowledge/context';
import { timelineLines } from '@main/memory/timeline/timelineText';
import type { Prompts } from '@main/prompts/prompts';
import type { BuiltPrompt } from '@main/providers/gateway';
import { type PromptMessage, textMessage } from '@main/providers/promptMessage';
import { estimateTokens } from '@main/providers/tokens';
import { renderContinue, renderSources } from '@main/turns/promptParts';
import type { Source, Timeline } from '@shared/model';

export interface AnswerPromptInput {
  language: 'en' | 'fr';
  /** The persona of the agent that answers. */
  persona: string;
  question: string;
  /** Oldest first, without the question. */
  history: PromptMessage[];
  /** Null: the library was not searched. */
  sources: Source[] | null;
  /** Null: the question asks nothing about time. */
  time: Timeline | null;
  /** The answer so far when it is to be continued; empty otherwise. */
  partial: string;
  contextTokens: number | null;
  outputTokens: number | null;
}

export interface AnswerPrompt extends BuiltPrompt {
  /** The sources that fit: only their numbers may be cited. Null: the library was not searched. */
  given: Source[] | null;
}

/** Builds the whole prompt, fitted to the model's window. */
export const buildAnswerPrompt = (prompts: Prompts, input: AnswerPromptInput): AnswerPrompt => {
  const { language, persona } = input;
  const render = (sources: Source[]) =>
    input.sources === null
      ? prompts.render('answer-plain', language, { persona })
      : prompts.render('answer', language, { persona, sources: renderSources(prompts, language, sources) });
  const block = (lines: readonly { text: string }[]): string =>
    lines.length === 0
      ? ''
      : `\n\n${prompts.render('timeline', language, { timeline: prompts.asData(lines.map(({ text }) => text).join('\n')) }).text}`;
  const timeline = input.time ? timelineLines(input.time, language).map((text) => ({ text })) : [];
  const {
    sources: given,
    messages,
    timeline: dated,
  } = packContext({
    contextTokens: input.contextTokens,
    instructionTokens: estimateTokens(render([]).text + block(timeline.slice(0, 1))),
    outputTokens: input.outputTokens,
    timeline,
    sources: input.sources ?? [],
    history: input.history,
    last: [textMessage('user', input.question), ...(input.partial === '' ? [] : renderContinue(prompts, language, input.partial))],
  });
  const system = render(given);
  return { system: system.text + block(dated), messages, versionId: system.versionId, given: input.sources && given };
};
