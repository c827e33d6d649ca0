/** The text of each token of a scripted answer, by its number; every one contains the word `w<n>`. */
export type AnswerShape = (token: number) => string;

/** A paragraph from time to time, as models write. */
const prose: AnswerShape = (token) => `w${token}${token % 60 === 59 ? '.\n\n' : ' '}`;

/** All in one paragraph, with emphasis, code and sentences. */
const paragraph: AnswerShape = (token) => {
  const word = token % 40 === 7 ? `**w${token}**` : token % 40 === 23 ? `\`w${token}\`` : `w${token}`;
  return `${word}${token % 15 === 14 ? '. ' : ' '}`;
};

const wordsOfItem = 8;
/** Items of eight words; two of five stand below the one before. */
const list: AnswerShape = (token) => {
  const item = Math.floor(token / wordsOfItem);
  const begins = token % wordsOfItem === 0 ? `${item % 5 > 2 ? '  - ' : '- '}` : '';
  return `${begins}w${token}${token % wordsOfItem === wordsOfItem - 1 ? '\n' : ' '}`;
};

const columns = 6;
const wordsOfCell = 2;
/** Rows of six cells of two words below a head. */
const table: AnswerShape = (token) => {
  const head = token === 0 ? `|${' head |'.repeat(columns)}\n|${' --- |'.repeat(columns)}\n` : '';
  const inRow = token % (columns * wordsOfCell);
  const begins = inRow % wordsOfCell === 0 ? '| ' : '';
  return `${head}${begins}w${token} ${inRow === columns * wordsOfCell - 1 ? '|\n' : ''}`;
};

const wordsOfLine = 6;
/** One fenced block whose lines have names, texts, numbers and comments. */
const code: AnswerShape = (token) => {
  const place = token % wordsOfLine;
  const open = token === 0 ? '```ts\n' : '';
  const word = `w${token}`;
  return open + ([`const ${word} = `, `${word}(`, `'${word}', `, `${word} + 1); `, `return ${word}; `, `// ${word}\n`][place] ?? word);
};

/** The shapes that are streamed, and how many tokens of each. */
export const answerShapes: Record<'prose' | 'paragraph' | 'list' | 'table' | 'code', { text: AnswerShape; tokens: number; what: string }> =
  {
    prose: { text: prose, tokens: 10_000, what: '10,000 words' },
    paragraph: { text: paragraph, tokens: 5_000, what: 'a paragraph of 5,000 words' },
    list: { text: list, tokens: 600 * wordsOfItem, what: 'a list of 600 items' },
    table: { text: table, tokens: 300 * columns * wordsOfCell, what: 'a table of 300 rows' },
    code: { text: code, tokens: 700 * wordsOfLine, what: 'code of 700 lines' },
  };
