/** The name a document has until its own title is known: the file's name without its ending. */
export const titleOfSource = (source: string): string => {
  const name =
    source
      .replace(/^paste:/, '')
      .split('/')
      .at(-1) ?? source;
  return name.replace(/(?<=.)\.[A-Za-z0-9]{1,8}$/, '') || name;
};
