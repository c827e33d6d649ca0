import type { Page } from '@playwright/test';

/**
 * Every figure of the open page of the panel, with the text it shows: `place: figure`, with names of providers as `provider`. A
 * figure of a table or a chart is a column, or a row of the tables whose rows are always there.
 */
export const readFigures = async (page: Page, providers: readonly string[]): Promise<Record<string, string>> => {
  const read = await page.getByRole('main').evaluate((content) => {
    const found: [name: string, shown: string][] = [];
    const textOf = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
    const add = (element: Element, figure: string, shown: string): void => {
      const place = element
        .closest('section[aria-label]')
        ?.getAttribute('aria-label')
        ?.replace(/ in 24 h$/, '');
      found.push([`${place}: ${figure}`, shown]);
    };
    for (const name of content.querySelectorAll('dt')) {
      const value = name.nextElementSibling?.cloneNode(true) as Element | undefined;
      // The total of "2 of 5" is another figure.
      for (const total of value?.querySelectorAll('i') ?? []) total.remove();
      add(name, textOf(name), textOf(value));
    }
    for (const answer of content.querySelectorAll('small')) add(answer, 'answer', textOf(answer.parentElement));
    for (const part of content.querySelectorAll('ul > li')) {
      const state = textOf(part.querySelector('span[title]'));
      add(part, textOf(part).replace(state, ''), state);
    }
    for (const table of content.querySelectorAll('table')) {
      const ofChart = table.classList.contains('sr');
      const lines = [...table.querySelectorAll('tbody tr')];
      for (const [index, column] of [...table.querySelectorAll('thead th')].map(textOf).entries())
        if (index > 0) add(table, ofChart ? `chart of ${column}` : column, lines.map((line) => textOf(line.children[index])).join(' '));
      // Rows that are always shown are figures of their own; those of other tables come with their events.
      if (/^(Times|Parts)/.test(textOf(table.previousElementSibling)))
        for (const line of lines) add(table, textOf(line.children[0]), [...line.children].slice(1).map(textOf).join(' '));
    }
    return found;
  });
  const anonymous = (name: string): string =>
    providers.reduce((text, provider) => text.replace(provider, 'provider'), name).replace(/, \d+ calls?$/, '');
  const figures: Record<string, string> = {};
  for (const [name, shown] of read) {
    const known = figures[anonymous(name)];
    figures[anonymous(name)] = known === undefined ? shown : `${known} ${shown}`;
  }
  return figures;
};
