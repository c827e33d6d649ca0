import { createThinkingSorter } from '@main/providers/thinking';
import { describe, expect, it } from 'vitest';

/** The sorted text and thinking of a stream of these pieces. */
const sort = (pieces: readonly string[], whole = true): { text: string; thinking: string } => {
  const sorter = createThinkingSorter();
  let text = '';
  let thinking = '';
  for (const piece of [...pieces.map((one) => sorter.push(one)), sorter.end(whole)].flat()) {
    if (piece.type === 'text') text += piece.text;
    else if (piece.type === 'thinking') thinking += piece.text;
    else {
      thinking += text;
      text = '';
    }
  }
  return { text, thinking };
};

/** Every way to cut a text in two, and one character at a time. */
const cuts = (text: string): string[][] => [
  [text],
  [...text],
  text.match(/[\s\S]{1,3}/g) ?? [],
  ...Array.from({ length: text.length - 1 }, (_, at) => [text.slice(0, at + 1), text.slice(at + 1)]),
];

const answer = 'The answer is **four**: a < b, [1] and `x`.\n\n- one\n- two';

describe('thinking apart from the answer, however it is cut', () => {
  it.each([
    ['think', `<think>I ponder the sea.</think>\n\n${answer}`],
    ['upper case', `<THINK>I ponder the sea.</THINK>${answer}`],
    ['attributes', `<think type="deep">I ponder the sea.</think>\n${answer}`],
    ['space before', `\n \n<think>\nI ponder the sea.\n</think>\n\n${answer}`],
    ['thinking', `<thinking>I ponder the sea.</thinking>\n${answer}`],
    ['thought', `<thought>I ponder the sea.</thought>${answer}`],
    ['reasoning', `<reasoning>\nI ponder the sea.\n</reasoning>\n\n${answer}`],
    ['Magistral', `[THINK]I ponder the sea.[/THINK]${answer}`],
    ['Kimi', `◁think▷I ponder the sea.◁/think▷${answer}`],
    ['Seed', `<seed:think>I ponder the sea.</seed:think>${answer}`],
    ['Command', `<|START_THINKING|>I ponder the sea.<|END_THINKING|><|START_RESPONSE|>${answer}<|END_RESPONSE|>`],
    ['Sky', `<|begin_of_thought|>I ponder the sea.<|end_of_thought|>\n\n<|begin_of_solution|>${answer}<|end_of_solution|>`],
    ['gpt-oss', `<|channel|>analysis<|message|>I ponder the sea.<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`],
    [
      'gpt-oss, blanks',
      `<|channel|> analysis <|message|>I ponder the sea. <|end|>\n<|start|> assistant <|channel|> final <|message|>${answer}<|return|>`,
    ],
    [
      'gpt-oss, a blank behind the name',
      `<|channel|>analysis <|message|>I ponder the sea.<|end|><|start|>assistant<|channel|>final <|message|>${answer}`,
    ],
    [
      'gpt-oss, upper case and lines',
      `<|START|>assistant\n<|channel|>Analysis\n<|message|>\nI ponder the sea.\n<|end|>\n<|channel|>Final\n<|message|>${answer}<|return|>`,
    ],
    [
      'gpt-oss, the format named',
      `<|channel|>analysis<|message|>I ponder the sea.<|end|><|start|>assistant<|channel|>final json<|message|>${answer}<|return|>`,
    ],
    [
      'gpt-oss, the format constrained',
      `<|channel|>analysis<|message|>I ponder the sea.<|end|><|start|>assistant<|channel|>final <|constrain|>markdown<|message|>${answer}`,
    ],
    [
      'gpt-oss, a call of a tool',
      `<|channel|>commentary to=functions.final <|constrain|>json<|message|>I ponder the sea.<|call|><|start|>assistant<|channel|>final<|message|>${answer}`,
    ],
    [
      'gpt-oss, a role with a recipient',
      `<|start|>assistant to=functions.sea<|channel|>commentary json<|message|>I ponder the sea.<|call|><|channel|>final<|message|>${answer}`,
    ],
    ['gpt-oss, ends missing', `<|channel|>analysis<|message|>I ponder the sea.<|start|>assistant<|channel|>final<|message|>${answer}`],
    ['gpt-oss, everything between missing', `<|channel|>analysis<|message|>I ponder the sea.<|channel|>final<|message|>${answer}`],
    [
      'gpt-oss, a broken header first',
      `<|channel|>commentary?<|end|><|start|>assistant<|channel|>analysis<|message|>I ponder the sea.<|end|><|channel|>final<|message|>${answer}`,
    ],
    [
      'gpt-oss, a name twice',
      `<|channel|>commentary to=assistant<|channel|>analysis<|message|>I ponder the sea.<|end|><|start|>assistant<|message|>${answer}`,
    ],
    [
      'gpt-oss, the first mark missing',
      `analysis<|message|>I ponder the sea.<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`,
    ],
    ['gpt-oss, the first header missing', `I ponder the sea.<|end|><|start|>assistant<|channel|>final<|message|>${answer}<|return|>`],
    [
      'gpt-oss, thought twice',
      `<|channel|>analysis<|message|>I ponder<|end|><|start|>assistant<|channel|>analysis<|message|> the sea.<|end|><|start|>assistant<|channel|>final<|message|>${answer}`,
    ],
    ['gpt-oss without its marks', `analysisI ponder the sea.assistantfinal${answer}`],
    ['Gemma', `<|channel>thought\nI ponder the sea.<channel|>${answer}`],
    ['thoughts', `<thoughts>I ponder the sea.</thoughts>${answer}`],
    ['LongCat', `<longcat_think>\nI ponder the sea.\n</longcat_think>\n${answer}`],
    ['Claude in its own words', `<antThinking>I ponder the sea.</antThinking>${answer}`],
    ['scratchpad', `<scratchpad>I ponder the sea.</scratchpad>\n${answer}`],
    ['Apertus', `<|inner_prefix|>I ponder the sea.<|inner_suffix|>${answer}`],
    ['Solar', `<|think|>I ponder the sea.<|/think|>${answer}`],
    ['closed with another name', `<think>I ponder the sea.</thinking>\n\n${answer}`],
    ['a blank in the closing tag', `<think>I ponder the sea.</think >\n${answer}`],
    ['Hunyuan, the answer in a tag', `<think>\nI ponder the sea.\n</think>\n<answer>\n${answer}</answer>`],
    ['ERNIE, the answer in a tag', `<think>\nI ponder the sea.\n</think>\n\n<response>\n${answer}</response>\n`],
    ['twice', `<think>I ponder </think>\n<think>the sea.</think>\n\n${answer}`],
    ['closed twice', `<think>I ponder the sea.</think>\n</think>\n${answer}`],
    ['opening tag missing, on a line', `I ponder the sea.\n</think>\n\n${answer}`],
    ['opening tag missing, attached', `I ponder the sea.</think>${answer}`],
    ['opening tag missing, of another kind', `I ponder the sea.\n[/THINK]${answer}`],
    ['closing tag only', `</think>\n\n${answer}`],
  ])('%s', (_name, text) => {
    for (const pieces of cuts(text)) {
      const sorted = sort(pieces);
      expect(sorted.text, JSON.stringify(pieces)).toBe(answer);
      if (!text.startsWith('</think>'))
        expect(
          sorted.thinking
            .replace(/^analysis/, '')
            .replace(/\s+/g, ' ')
            .trim(),
        ).toBe('I ponder the sea.');
    }
  });

  it('keeps a tag around the answer without thinking, or with more text after it', () => {
    for (const text of ['<answer>\nFour.\n</answer>', '<output>4</output> and more', 'Use </answer> and <answer>.'])
      for (const pieces of cuts(text)) expect(sort(pieces)).toEqual({ text, thinking: '' });
    for (const pieces of cuts('<think>Hm.</think><answer>Close it with </answer> at the end.</answer>'))
      expect(sort(pieces).text).toBe('Close it with </answer> at the end.');
  });

  it('reads an answer of gpt-oss without thinking, or with a mark left at its end', () => {
    for (const [text, left] of [
      ['<|channel|>final<|message|>Four.<|return|>', 'Four.'],
      ['<|start|>assistant<|channel|> final <|message|>Four.', 'Four.'],
      ['<|channel|>final four, that is.', 'four, that is.'],
      ['final<|message|>Four.', 'Four.'],
      ['Four.<|return|>', 'Four.'],
      ['Four.<|end|>\n', 'Four.'],
      [
        '<|channel|>final<|message|>First. <|start|>assistant<|channel|>analysis<|message|>Hm.<|end|><|channel|>final<|message|>Then.',
        'First. Then.',
      ],
    ] as const)
      for (const pieces of cuts(text)) expect(sort(pieces).text, JSON.stringify(pieces)).toBe(left);
  });

  it('thinking in mid-answer, on a line of its own', () => {
    const text = 'First this.\n\n<think>Hm, and then?</think>\n\nThen that.';
    for (const pieces of cuts(text)) expect(sort(pieces)).toEqual({ text: 'First this.\n\nThen that.', thinking: 'Hm, and then?' });
  });

  it('returns no answer for thinking that nothing closes, also in a broken second stream', () => {
    expect(sort(['<think>I ponder', ' the sea.'])).toEqual({ text: '', thinking: 'I ponder the sea.' });
    expect(sort(['Four.\n<think>Or', ' five?'], false)).toEqual({ text: 'Four.\n', thinking: 'Or five?' });
  });

  it('does not end at a closing tag that the thinking quotes', () => {
    const text = '<think>I write `</think>` in it, and "</think>".</think>Done.';
    for (const pieces of cuts(text)) expect(sort(pieces)).toEqual({ text: 'Done.', thinking: 'I write `</think>` in it, and "</think>".' });
    expect(sort(['<think>He said "hi"</think>"Hi" it is.']).text).toBe('"Hi" it is.');
  });
});

describe('the marks of servers and models', () => {
  it.each<[string, string, string, string?]>([
    ['nested', '<think>a<think>b</think>c</think>Answer', 'Answer'],
    ['nested deep', '<think>a<think>b<think>c</think>d</think>e</think>\n\nAnswer', 'Answer'],
    ['nested on lines', '<think>\nouter\n<think>\ninner\n</think>\nmore\n</think>\n\nAnswer', 'Answer'],
    ['sequential', '<think>a</think><think>b</think>Answer', 'Answer'],
    ['empty tight', '<think></think>Answer', 'Answer', ''],
    ['inline code tag in thinking', '<think>Write `</think>` here</think>Answer', 'Answer', 'Write `</think>` here'],
    ['answer code block w/ think', 'Here:\n```html\n<think>x</think>\n```\nDone', 'Here:\n```html\n<think>x</think>\n```\nDone', ''],
    ['answer begins with code fence', '```\n<think>\n```', '```\n<think>\n```', ''],
    ['harmony commentary to', '<|channel|>commentary to=functions.x <|constrain|>json<|message|>{"a":1}<|call|>', ''],
    [
      'harmony analysis then final no start',
      '<|channel|>analysis<|message|>hm<|end|><|channel|>final<|message|>Answer<|return|>',
      'Answer',
      'hm',
    ],
    [
      'harmony with start',
      '<|start|>assistant<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final<|message|>Answer',
      'Answer',
      'hm',
    ],
    [
      'harmony final constrain',
      '<|channel|>analysis<|message|>hm<|end|><|start|>assistant<|channel|>final <|constrain|>json<|message|>{"a":1}',
      '{"a":1}',
      'hm',
    ],
    [
      'harmony preamble then final',
      '<|channel|>commentary<|message|>Let me see.<|end|><|start|>assistant<|channel|>final<|message|>Answer',
      'Answer',
    ],
    ['harmony only final', '<|channel|>final<|message|>Answer', 'Answer', ''],
    ['harmony message start', '<|message|>Answer<|end|>', 'Answer', ''],
    ['assistantanalysis', 'analysisWe thinkassistantcommentaryLet meassistantfinalAnswer', 'Answer'],
    ['details', '<details type="reasoning" done="true"><summary>Thought for 2s</summary>\n> hm\n</details>\nAnswer', 'Answer'],
    ['blockquote reasoning', '> Reasoning\n> hm\n\nAnswer', '> Reasoning\n> hm\n\nAnswer', ''],
    ['exaone thought', '<thought>\nhm\n</thought>\n\n\\boxed{4}', '\\boxed{4}', '\nhm\n'],
    ['gemma turn', '<|channel>thought\nhm<channel|>Answer<turn|>', 'Answer'],
    ['think with number', '<think1>hm</think1>Answer', '<think1>hm</think1>Answer', ''],
    ['think: prefix', 'Thinking: hm\n\nAnswer', 'Thinking: hm\n\nAnswer', ''],
    ['mid text think same line', 'Answer: <think>hm</think>four', 'Answer: <think>hm</think>four', ''],
    ['unclosed at start cut', '<think>hm', ''],
    ['closing then closing at end', 'Answer.\n</think>', ''],
    ['bom', '\ufeff<think>hm</think>Answer', 'Answer'],
    ['im_start', '<|im_start|>assistant\n<think>hm</think>Answer<|im_end|>', 'Answer'],
    ['minimax', '<think>\nhm\n</think>\n\nAnswer', 'Answer', '\nhm\n'],
    ['glm box', '<think>hm</think><|begin_of_box|>Answer<|end_of_box|>', 'Answer'],
    ['nemotron', '<think>\n</think>\n\nAnswer', 'Answer'],
    ['think in french', '<réflexion>hm</réflexion>Réponse', '<réflexion>hm</réflexion>Réponse', ''],
  ])('%s', (_name, text, answer, thinking) => {
    for (const pieces of cuts(text)) {
      const sorted = sort(pieces);
      expect(sorted.text, JSON.stringify(pieces)).toBe(answer);
      if (thinking !== undefined) expect(sorted.thinking).toBe(thinking);
    }
  });

  it('keeps the answer after a tag that the thinking mentions', () => {
    for (const answer of [
      'It ends with </think>.',
      'It begins with <think> and ends with </think>.',
      'Write `</think>`.\n\n```\n</think>\n```\nSo.',
    ])
      for (const pieces of cuts(`<think>They ask about <think> and its end.</think>${answer}`)) expect(sort(pieces).text).toBe(answer);
  });
});

describe('keeps tags in a text about tags', () => {
  it.each([
    'Write it as `<think>` in the template.',
    '`<think>` opens it and `</think>` closes it.',
    'The model writes <think> first and </think> then; all between is hidden.',
    'It begins with <think> and ends with </think>.',
    'It ends with the tag "</think>".\n\nThen comes the answer.',
    'Example:\n\n```xml\n<think>\nhm\n</think>\n```\n\nSo it looks.',
    'Example:\n\n~~~\n</think>\n~~~\n',
    '```\nhm\n</think>\nanswer\n```',
    'Indented:\n\n    <think>\n    hm\n    </think>\n',
    '> <think>\n> quoted',
    '- <think> and\n- </think>',
    'A list [THINK] of words, [1], [2] and <b>bold</b>.',
    'The tag is\n<think>\nand it is never closed here.',
    'Compare a<b and c>d; <thinker> is no tag, [thing] neither.',
    'analysis of the tides: assistantfinal is a word of gpt-oss.',
    'Each message begins with `<|start|>assistant<|channel|>final<|message|>` and ends with `<|end|>`.',
    'It writes <|start|>, <|channel|>, <|message|> and <|end|> around each message.',
    'The last mark is <|return|>',
    '<|end|> is a mark, and so is <|start|>.',
    '```\n<|start|>assistant<|channel|>final<|message|>Four.<|return|>\n```',
    'final score: four <|to|> three',
    'commentary<b>bold</b>',
    'analysisResult is the variable.',
    'Half a tag <thi',
    '<',
    ' \n  indented first line',
    'The reader </think> is strange.',
  ])('%j', (text) => {
    for (const pieces of cuts(text)) expect(sort(pieces), JSON.stringify(pieces)).toEqual({ text, thinking: '' });
  });
});
