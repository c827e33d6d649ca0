import { type ContextText, packContext } from '@main/knowledge/context';
import type { MemoryLine } from '@main/memory/recall/recallText';
import { timelineLines } from '@main/memory/timeline/timelineText';
import type { Prompts } from '@main/prompts/prompts';
import type { BuiltPrompt } from '@main/providers/gateway';
import { type PromptMessage, textMessage } from '@main/providers/promptMessage';
import { estimateTokens } from '@main/providers/tokens';
import { renderContinue, renderSources } from '@main/turns/promptParts';
import type { Source, Timeline } from '@shared/model';

/** A small model reads a page a minute, and takes what it needs from the first passages. */
const mostForSmall = 5;

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
  /** The lines of what was recalled; empty without any. */
  memories: readonly MemoryLine[];
  /** Of the messages before `history`; null where there is none. */
  summary: string | null;
  /** The answer so far when it is to be continued; empty otherwise. */
  partial: string;
  contextTokens: number | null;
  /** True for a model that gets the short form, with the best passages only. */
  isSmall: boolean;
  outputTokens: number | null;
}

export interface AnswerPrompt extends BuiltPrompt {
  /** The sources that fit: only their numbers may be cited. Null: the library was not searched. */
  given: Source[] | null;
  /** The lines of memory that fit. */
  memories: readonly MemoryLine[];
}

/** Builds the whole prompt, fitted to the model's window. */
export const buildAnswerPrompt = (prompts: Prompts, input: AnswerPromptInput): AnswerPrompt => {
  const { language, persona } = input;
  const render = (sources: Source[]) => {
    if (input.sources === null) return prompts.render('answer-plain', language, { persona });
    if (input.sources.length === 0) return prompts.render('answer-none', language, { persona });
    const texts = renderSources(prompts, language, sources);
    return input.isSmall
      ? prompts.render('answer-small', language, { sources: texts })
      : prompts.render('answer', language, { persona, sources: texts });
  };
  /** A block below the instructions, set apart by an empty line; empty without texts. */
  const block = (name: 'timeline' | 'memories' | 'summary', texts: readonly ContextText[]): string => {
    const data = prompts.asData(texts.map(({ text }) => text).join('\n'));
    if (data === '') return '';
    const blocks = {
      timeline: () => prompts.render('timeline', language, { timeline: data }),
      memories: () => prompts.render('memories', language, { memories: data }),
      summary: () => prompts.render('summary', language, { summary: data }),
    };
    return `\n\n${blocks[name]().text}`;
  };
  const timeline = input.time ? timelineLines(input.time, language).map((text) => ({ text })) : [];
  const summary = input.summary === null ? null : { text: input.summary };
  /** Marks the place of the texts, to count the words around them. */
  const frame = { text: '…' };
  const { memories } = input;
  const frames = [
    ...(timeline.length > 0 ? [block('timeline', [frame])] : []),
    ...(memories.length > 0 ? [block('memories', [frame])] : []),
    ...(summary ? [block('summary', [frame])] : []),
  ].join('');
  const packed = packContext({
    contextTokens: input.contextTokens,
    instructionTokens: estimateTokens(render([]).text + frames),
    outputTokens: input.outputTokens,
    timeline,
    memories,
    summary,
    sources: (input.sources ?? []).slice(0, input.isSmall ? mostForSmall : undefined),
    history: input.history,
    last: [textMessage('user', input.question), ...(input.partial === '' ? [] : renderContinue(prompts, language, input.partial))],
  });
  const given = packed.sources;
  const system = render(given);
  const blocks =
    block('timeline', packed.timeline) + block('memories', packed.memories) + block('summary', packed.summary ? [packed.summary] : []);
  return {
    system: system.text + blocks,
    messages: packed.messages,
    versionId: system.versionId,
    given: input.sources && given,
    memories: packed.memories,
  };
};
