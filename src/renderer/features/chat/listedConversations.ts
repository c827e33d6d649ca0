import type { Conversation } from '@shared/model';

interface Page {
  items: Conversation[];
}
/** What the cache holds of a list: one page, or the pages of an endless one. */
type Listed = Page | { pages: Page[] };

/** The list with one conversation as it will be, or without it (null): shown at once, while the engine is still being told. */
export const changeListed = <Data extends Listed>(
  data: Data,
  id: string,
  change: (conversation: Conversation) => Conversation | null,
): Data => {
  const changePage = (page: Page): Page =>
    page.items.some((conversation) => conversation.id === id)
      ? { ...page, items: page.items.flatMap((conversation) => (conversation.id === id ? (change(conversation) ?? []) : [conversation])) }
      : page;
  return ('pages' in data ? { ...data, pages: data.pages.map(changePage) } : changePage(data)) as Data;
};
