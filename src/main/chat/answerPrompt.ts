import { packContext, placeOf } from '@main/knowledge/context';
import { asData, type Prompts, personaOf } from '@main/prompts/prompts';
import type { BuiltPrompt, PromptMessage } from '@main/providers/gateway';
import { estimateTokens } from '@main/providers/tokens';
import type { Source } from '@shared/model';

export interface AnswerPromptInput {
  language: 'en' | 'fr';
  agentId: string;
  question: string;
  /** Oldest first, without the question. */
  history: PromptMessage[];
  /** Null: the library was not searched. */
  sources: Source[] | null;
  /** The answer so far when it is to be continued; empty otherwise. */
  partial: string;
  contextTokens: number | null;
  outputTokens: number | null;
}

export interface AnswerPrompt extends BuiltPrompt {
  versionId: string;
  /** The sources that fitted: only their numbers may be cited. */
  given: Source[];
}

/** Characters of a partial answer that are repeated to the model, so that it goes on at the right place. */
const tailLength = 400;

/** Numbered sources as a prompt shows them, or the block that says that nothing was found. */
export const renderSources = (prompts: Prompts, language: 'en' | 'fr', sources: readonly Source[]): string =>
  sources.length === 0
    ? prompts.render('nothing-found', language, {}).text
    : sources
        .map(
          (source) =>
            prompts.render('source', language, {
              number: String(source.marker),
              title: asData(source.title).replaceAll('"', "'"),
              place: asData(placeOf(source, language)).replaceAll('"', "'"),
              text: asData(source.text),
            }).text,
        )
        .join('\n\n');

/** The prompt that asks to go on with a partial text. */
export const renderContinue = (prompts: Prompts, language: 'en' | 'fr', partial: string): PromptMessage[] => [
  { role: 'assistant', content: partial },
  { role: 'user', content: prompts.render('continue', language, { tail: asData(partial.slice(-tailLength)) }).text },
];

/** Everything the model is told, fitted to its window. */
export const buildAnswerPrompt = (prompts: Prompts, input: AnswerPromptInput): AnswerPrompt => {
  const { language } = input;
  const persona = prompts.render(personaOf(input.agentId), language, {}).text;
  const render = (sources: Source[]) =>
    input.sources === null
      ? prompts.render('answer-plain', language, { persona })
      : prompts.render('answer', language, { persona, sources: renderSources(prompts, language, sources) });
  const { sources: given, messages } = packContext({
    contextTokens: input.contextTokens,
    instructionTokens: estimateTokens(render([]).text),
    outputTokens: input.outputTokens,
    sources: input.sources ?? [],
    history: input.history,
    last: [{ role: 'user', content: input.question }, ...(input.partial === '' ? [] : renderContinue(prompts, language, input.partial))],
  });
  const system = render(given);
  return { system: system.text, messages, versionId: system.versionId, given };
};
