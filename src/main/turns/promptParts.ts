import type { Prompts } from '@main/prompts/prompts';
import { type PromptMessage, textMessage } from '@main/providers/promptMessage';
import { lowConfidence, placeWords, type Source } from '@shared/model';

/** How many characters of a partial answer are repeated to the model, so that it continues at the right place. */
const tailLength = 400;

/** Said of a text that was recognised badly, so that a model takes none of its odd letters for meant. */
const doubt = { en: 'text recognised in a picture, may have errors', fr: 'texte reconnu dans une image, peut comporter des erreurs' };

const placeOf = ({ place, recognised }: Source, language: 'en' | 'fr'): string =>
  [placeWords(place, language, 'prompt'), ...(recognised !== undefined && recognised < lowConfidence ? [doubt[language]] : [])].join('; ');

/** Numbered sources as a prompt shows them, or the block that states that nothing was found. */
export const renderSources = (prompts: Prompts, language: 'en' | 'fr', sources: readonly Source[]): string =>
  sources.length === 0
    ? prompts.render('nothing-found', language, {}).text
    : sources
        .map(
          (source) =>
            prompts.render('source', language, {
              number: String(source.marker),
              title: prompts.asData(source.title).replaceAll('"', "'"),
              place: prompts.asData(placeOf(source, language)).replaceAll('"', "'"),
              text: prompts.asData(source.text),
            }).text,
        )
        .join('\n\n');

/** The prompt that asks the model to continue a partial text. */
export const renderContinue = (prompts: Prompts, language: 'en' | 'fr', partial: string): PromptMessage[] => [
  textMessage('assistant', partial),
  textMessage('user', prompts.render('continue', language, { tail: prompts.asData(partial.slice(-tailLength)) }).text),
];
