/**
 * Walks a graph of imports and returns a circle for each import that closes one, as the files on it, with the first repeated at its
 * end.
 */
export const circlesIn = (imports: ReadonlyMap<string, readonly string[]>): string[][] => {
  const circles: string[][] = [];
  const walked = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    const at = path.indexOf(file);
    if (at >= 0) circles.push([...path.slice(at), file]);
    if (at >= 0 || walked.has(file)) return;
    path.push(file);
    for (const target of imports.get(file) ?? []) visit(target);
    path.pop();
    walked.add(file);
  };
  for (const file of imports.keys()) visit(file);
  return circles;
};
