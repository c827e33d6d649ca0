/**
 * Versioned templates of `resources/prompts/<name>.<lang>.md`. No prompt is in code.
 *
 * The templates and their variables. `answer`, `answer-small`, `answer-plain` and `answer-none` are system prompts; `agent-*` are personas (the `persona` of the
 * others, and the system prompt of a debate turn); `continue`, `title` and `debate-turn*`, `debate-synthesis` are user messages.
 * `source` is one numbered source: join them with a blank line for `sources`, and pass its `title`, `place` and `text` through
 * `asData`. `nothing-found` replaces `sources` when the search found nothing, `sources-off` when there was no search.
 * `debate-part-*` is the `part` of a debate turn. `debate-summary` asks for the summary that `debate-earlier` puts first in a
 * `transcript` too long for a model.
 */
export const promptVariables = {
  answer: ['persona', 'sources'],
  /** In place of `answer` for a small model, which long instructions confuse: no persona, and no word on citations. */
  'answer-small': ['sources'],
  'answer-plain': ['persona'],
  /** In place of `answer` where the search found nothing: a small model that reads of numbers writes some. */
  'answer-none': ['persona'],
  source: ['number', 'title', 'place', 'text'],
  'nothing-found': [],
  'sources-off': [],
  /** Stands below `answer` or `answer-plain` where the question asks about time; `timeline` passes through `asData`. */
  timeline: ['timeline'],
  /** `tail`: the last few hundred characters of the partial answer. */
  continue: ['tail'],
  title: ['question', 'answer'],
  intent: ['question'],
  'debate-part-attacker': [],
  'debate-part-challenger': [],
  'debate-part-debater': [],
  'debate-turn-first': ['topic', 'side', 'part', 'round', 'rounds', 'sources'],
  'debate-turn': ['topic', 'side', 'part', 'round', 'rounds', 'transcript', 'sources'],
  'debate-synthesis': ['topic', 'transcript', 'sources'],
  /** `words`: the most words of the summary. */
  'debate-summary': ['topic', 'transcript', 'words'],
  'debate-earlier': ['summary'],
  /** Asks for the rolling summary of a chat; `conversation-earlier` puts the one so far first in its `transcript`. */
  'conversation-summary': ['transcript', 'words'],
  'conversation-earlier': ['summary'],
  /** Asks for notes on a part of a document that is summed up, or on several such notes; `sources` and `notes` pass through `asData`. */
  'document-part': ['sources', 'words'],
  'document-notes': ['notes', 'words'],
  /** System prompts of the summary of a whole document: from the notes on its parts, or from all of its passages. */
  'document-summary': ['persona', 'title', 'notes'],
  'document-whole': ['persona', 'title', 'sources'],
  /** Stands below `answer` or `answer-plain` where something was recalled, or was asked for and not found. */
  memories: ['memories'],
  /** Stands below `answer` or `answer-plain` where the oldest messages are summed up. */
  summary: ['summary'],
  /** `messages`: numbered, with their dates. */
  'memory-analysis': ['messages'],
  /** `fault`: what the schema refused in `answer`. */
  'memory-repair': ['fault', 'answer'],
  'memory-judge': ['earlier', 'later'],
} as const satisfies Record<string, readonly string[]>;

/** Every agent has a persona; it takes no variables. */
type PersonaName = `agent-${string}`;
export type PromptName = keyof typeof promptVariables | PersonaName;
/** The values of a template's variables: a missing one does not compile. */
type PromptValues<Name extends PromptName> = Name extends keyof typeof promptVariables
  ? { [Variable in (typeof promptVariables)[Name][number]]: string }
  : Record<string, never>;

interface RenderedPrompt {
  text: string;
  /** `<name>.<lang>@<version>`, for the ledger. */
  versionId: string;
}

export interface Prompts {
  /**
   * Replaces each `{{name}}` by its value, verbatim (values are data, never templates). A missing translation falls back to
   * English.
   */
  render<Name extends PromptName>(name: Name, language: 'en' | 'fr', values: PromptValues<Name>): RenderedPrompt;
  /**
   * Makes untrusted text safe for any template: a look-alike of a tag that a template uses loses its angle bracket, so that no
   * document can close its own block. Half a character, left by a cut, which some providers refuse, is replaced. The rest stays as
   * it is.
   */
  asData(text: string): string;
}
