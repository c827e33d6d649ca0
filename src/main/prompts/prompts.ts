/** Versioned templates of `resources/prompts/<name>.<lang>.md`. None in code. */
export interface RenderedPrompt {
  text: string;
  /** `<name>.<lang>@<version>`: goes into the ledger. */
  versionId: string;
}

export interface Prompts {
  /**
   * Renders a template: `{{name}}` is replaced by the value, verbatim (values are data, never templates).
   * Throws when a variable is missing. `language` falls back to English.
   */
  render(name: string, language: 'en' | 'fr', values: Record<string, string>): RenderedPrompt;
}
