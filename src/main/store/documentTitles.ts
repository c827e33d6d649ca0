import { isWebSource } from '@shared/model';

/** The title of a document before its own title is known: the name of its file without the ending. */
export const titleOfSource = (source: string): string => {
  if (isWebSource(source)) return source.replace(/^https?:\/\/(www\.)?/, '').replace(/\/(index\.\w+)?$/, '');
  const name =
    source
      .replace(/^paste:/, '')
      .split('/')
      .at(-1) ?? source;
  return name.replace(/(?<=.)\.[A-Za-z0-9]{1,8}$/, '') || name;
};
