/** Lists and objects inside each other that are read; what walks through them is recursive. */
const deepest = 100;
/** Values that one text may hold. The longest list of models known has some 50,000. */
const mostValues = 200_000;
/** A shorter text holds neither too many nor too deep ones to be borne. */
const alwaysFits = 1_000;

const signs = { quote: 34, comma: 44, opensList: 91, backslash: 92, closesList: 93, opensObject: 123, closesObject: 125 } as const;

/** Where the text that begins at `from` ends. */
const endOfText = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at - 1;
    while (text.charCodeAt(escapes) === signs.backslash) escapes -= 1;
    if ((at - escapes) % 2 === 1) return at;
  }
  return text.length;
};

/**
 * Returns true where JSON from outside may be parsed: 8 MB of `[` or of `{},` take half a gigabyte and seconds, 8 MB of words nothing of the
 * kind. Takes time in proportion to the text; of what is no JSON it says nothing. Pure.
 */
export const jsonFits = (text: string): boolean => {
  if (text.length <= alwaysFits) return true;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    switch (text.charCodeAt(at)) {
      case signs.quote:
        at = endOfText(text, at);
        break;
      case signs.opensList:
      case signs.opensObject:
        depth += 1;
        values += 1;
        break;
      case signs.closesList:
      case signs.closesObject:
        depth -= 1;
        break;
      case signs.comma:
        values += 1;
    }
    if (depth > deepest || values > mostValues) return false;
  }
  return true;
};
