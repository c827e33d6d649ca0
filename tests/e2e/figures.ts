import type { Page } from '@playwright/test';

/**
 * Every figure of the panel, and the event that the tests drive to read it there. A figure that is not in this table
 * fails the test of the calls, so that none is shown without its event.
 */
export const figures: Record<string, Record<string, string>> = {
  Overview: {
    'Is it healthy?: answer': 'answers, one of them failed (calls); the store damaged, the search process stopped (parts)',
    'Is it healthy?: chart of answers': 'answers (calls)',
    'Is it healthy?: chart of errors': 'a wrong key (calls)',
    'Is it healthy?: Store': 'the backup at start; the table of settings moved away (parts)',
    'Is it healthy?: Index': 'the guide read; the search process stopped (parts)',
    'Is it healthy?: Reading': 'three long texts dropped (library)',
    'Is it healthy?: Embedder': 'the start; no embedder chosen; the search process stopped (parts)',
    'Is it healthy?: Vectors': 'the guide read; no embedder chosen; one chosen that stops answering (parts)',
    'Is it healthy?: Originals': 'the start (parts)',
    'Is it healthy?: Disk': 'the start, beside what the system says (parts)',
    'Is it healthy?: Providers': 'none; two added; five refusals in a row (parts, calls)',
    'Is it healthy?: Keys': 'the start (parts)',
    'Is it fast?: answer': 'two answers that take more than five seconds; a quick one twenty minutes later (calls)',
    'Is it fast?: chart of p50': 'answers (calls)',
    'Is it fast?: chart of p95': 'answers (calls)',
    'Is it fast?: First word, p50': 'answers (calls)',
    'Is it fast?: Search, p50 / p95': 'five questions (library)',
    'Is it fast?: Cache hits': 'a question asked twice (library)',
    'Is it fast?: Documents waiting': 'three long texts dropped, then cancelled (library)',
    'What does it cost?: answer': 'calls with and without a price; one twenty minutes later (calls)',
    'What does it cost?: chart of provider': 'calls with a price (calls)',
    'What does it cost?: provider': 'calls of two providers (calls)',
    'Is it good?: answer': 'five questions, what their answers cite (library)',
    'Is it good?: chart of with a source': 'five questions (library)',
    'Is it good?: Well supported': 'questions that the documents answer (library)',
    'Is it good?: Weakly supported': 'questions that the documents touch (library)',
    'Is it good?: Not in documents': 'a question that the documents do not know (library)',
    'Is it good?: Stopped': 'an answer stopped (calls)',
  },
  Performance: {
    'Answer, question to end: chart of p50': 'answers (calls)',
    'Answer, question to end: chart of p95': 'answers (calls)',
    'First word of the model: chart of p50': 'answers (calls)',
    'First word of the model: chart of p95': 'answers (calls)',
    'Times: Count': 'answers (calls), a round of a debate (debates)',
    'Times: p50': 'answers (calls), a round of a debate (debates)',
    'Times: p95': 'answers (calls), a round of a debate (debates)',
    'Times: Answer, question to end': 'answers (calls)',
    'Times: First word of the model': 'answers (calls)',
    'Times: Debate round': 'a round of a debate (debates)',
  },
  'Usage and cost': {
    'Cost: chart of provider': 'calls with a price (calls)',
    'Tokens: chart of input': 'calls (calls)',
    'Tokens: chart of output': 'calls (calls)',
    'Calls by provider and model: Model': 'calls (calls)',
    'Calls by provider and model: For':
      'answers and their titles (calls), debates (debates); a test of an account (its own test of the ledger)',
    'Calls by provider and model: Calls': 'calls (calls)',
    'Calls by provider and model: Failed': '429, 500 and a wrong key (calls)',
    'Calls by provider and model: Input': 'calls (calls)',
    'Calls by provider and model: Output': 'calls (calls)',
    'Calls by provider and model: Cached': 'a provider that has read four tokens before (calls)',
    'Calls by provider and model: Cost': 'calls with and without a price (calls)',
    'Debates: Started': 'two debates (debates)',
    'Debates: Rounds': 'a debate at its end and one stopped (debates)',
    'Debates: Cost': 'debates with a price (debates)',
  },
  'Search and reading': {
    'Search time: chart of p50': 'five questions (library)',
    'Search time: chart of p95': 'five questions (library)',
    'Search and reading: Searches': 'five questions (library)',
    'Search and reading: From the cache': 'a question asked twice (library)',
    'Search and reading: Passages in the index': 'documents read (library)',
    'Search and reading: Size of the index': 'documents read (library)',
    'Search by stage: Count': 'five questions, one from the cache (library)',
    'Search by stage: p50': 'five questions (library)',
    'Search by stage: p95': 'five questions (library)',
    'Reading by stage: Count': 'documents read (library)',
    'Reading by stage: p50': 'documents read (library)',
    'Reading by stage: p95': 'documents read (library)',
    'Documents read: Outcome': 'a PDF read, a broken one, three texts cancelled (library)',
    'Documents read: Documents': 'a PDF read, a broken one, three texts cancelled (library)',
  },
  Health: {
    'Parts of the program: State': 'each part below',
    'Parts of the program: Detail': 'each part below',
    'Parts of the program: Store': 'the backup at start; the table of settings moved away (parts)',
    'Parts of the program: Index': 'the guide read; the search process stopped (parts)',
    'Parts of the program: Reading': 'the start (parts)',
    'Parts of the program: Embedder': 'the start; no embedder chosen (parts)',
    'Parts of the program: Vectors': 'the guide read; no embedder chosen; one chosen that stops answering (parts)',
    'Parts of the program: Originals': 'the start (parts)',
    'Parts of the program: Disk': 'the start, beside what the system says (parts)',
    'Parts of the program: Providers': 'none; two added; five refusals in a row (parts, calls)',
    'Parts of the program: Keys': 'the start (parts)',
    'Errors: Count': 'a wrong key (calls)',
    'Health: Version': 'the start (parts)',
    'Health: Running for': 'the start (parts)',
  },
};

/** The names of all figures that the open page of the panel shows: `place: figure`, with names of providers as `provider`. */
export const figuresShown = async (page: Page, providers: readonly string[]): Promise<string[]> => {
  const names = await page.getByRole('main').evaluate((content) => {
    const found = new Set<string>();
    const textOf = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
    const add = (element: Element, figure: string): void => {
      const place = element
        .closest('section[aria-label]')
        ?.getAttribute('aria-label')
        ?.replace(/ in 24 h$/, '');
      found.add(`${place}: ${figure}`);
    };
    for (const name of content.querySelectorAll('dt')) add(name, textOf(name));
    for (const answer of content.querySelectorAll('small')) add(answer, 'answer');
    for (const part of content.querySelectorAll('ul > li')) add(part, textOf(part).replace(textOf(part.querySelector('span[title]')), ''));
    for (const table of content.querySelectorAll('table')) {
      const columns = [...table.querySelectorAll('thead th')].map(textOf);
      if (table.classList.contains('sr')) for (const series of columns.slice(1)) add(table, `chart of ${series}`);
      else for (const column of columns.slice(1)) add(table, column);
      // Rows that are always shown are figures of their own; those of other tables come with their events.
      if (/^(Times|Parts)/.test(textOf(table.previousElementSibling)))
        for (const line of table.querySelectorAll('tbody th')) add(table, textOf(line));
    }
    return [...found];
  });
  const anonymous = (name: string): string =>
    providers.reduce((text, provider) => text.replace(provider, 'provider'), name).replace(/, \d+ calls?$/, '');
  return [...new Set(names.map(anonymous))];
};
