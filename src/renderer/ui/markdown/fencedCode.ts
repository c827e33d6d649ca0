const opening = /^(`{3,}|~{3,})[ \t]*([\w+#.-]*)[ \t]*$/;
const closing = /^ {0,3}(`{3,}|~{3,})[ \t]*$/;

export interface FencedCode {
  language: string | null;
  code: string;
}

/**
 * The code of a block that is one fenced block of code and nothing else; null for any other block. Saves the parser a long block
 * that grows with each frame. An unfinished block has no closing fence yet.
 */
export const fencedCode = (block: string): FencedCode | null => {
  if (block.includes('\r') || block.includes('\t')) return null;
  const lines = block.replace(/\s+$/, '').split('\n');
  const [, fence, name = ''] = opening.exec(lines[0] ?? '') ?? [];
  if (fence === undefined) return null;
  const closesAt = lines.findIndex((line, index) => {
    const mark = index > 0 ? closing.exec(line)?.[1] : undefined;
    return mark !== undefined && mark[0] === fence[0] && mark.length >= fence.length;
  });
  if (closesAt !== -1 && closesAt !== lines.length - 1) return null;
  const language = name === '' ? null : name;
  if (closesAt !== -1) return { language, code: lines.slice(1, -1).join('\n') };
  // Blanks at the end belong to code that is not closed, except its last line end.
  return { language, code: block.slice((lines[0] as string).length + 1).replace(/\n$/, '') };
};
