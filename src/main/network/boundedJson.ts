/** The deepest nesting of lists and objects that is read; code that walks through them is recursive. */
const deepest = 100;
/** The most values in one text. The longest known list of models has some 50,000. */
const mostValues = 200_000;
/** A shorter text cannot have too many values or too deep nesting. */
const alwaysFits = 1_000;

const signs = { quote: 34, comma: 44, opensList: 91, backslash: 92, closesList: 93, opensObject: 123, closesObject: 125 } as const;

/** The position of the quote that ends the text beginning at `from`. */
const endOfText = (text: string, from: number): number => {
  for (let at = text.indexOf('"', from + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let escapes = at - 1;
    while (text.charCodeAt(escapes) === signs.backslash) escapes -= 1;
    if ((at - escapes) % 2 === 1) return at;
  }
  return text.length;
};

/**
 * True where JSON from outside may be parsed: 8 MB of `[` or of `{},` take half a gigabyte and seconds, 8 MB of words do not. Takes
 * time in proportion to the text; for text that is not JSON the result means nothing. Pure.
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
