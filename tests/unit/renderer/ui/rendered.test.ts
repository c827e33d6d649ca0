import { Markdown, type MarkdownProps } from '@renderer/ui/markdown/Markdown';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it, test } from 'vitest';

const cite = (marker: number, at: number): string => `{${marker}@${at}}`;
const html = (text: string, more: Partial<MarkdownProps> = {}): string =>
  renderToStaticMarkup(createElement(Markdown, { text, renderCitation: cite, ...more }));
/** The text without tags, with unescaped signs. */
const read = (text: string, more: Partial<MarkdownProps> = {}): string =>
  html(text, more)
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');
const markers = new Set([1, 2, 3]);

describe('citations in the window', () => {
  it.each([
    ['It is so [1], and it [2]: yes [1][9].', 'It is so {1@9}, and it {2@21}: yes {1@30}[9].'],
    ['by post. [1] Then more[2][3].', 'by post. {1@9} Then more{2@22}{3@25}.'],
    ['Rain [1, 2], snow [3, 9].', 'Rain {1@5}{2@5}, snow [{3@18}, 9].'],
    ['Rain【1】 and [Source 2].', 'Rain{1@4} and {2@12}.'],
    ['In [2, 3] bar, a[1], `b[1]` and [1](https://a.example).', 'In [2, 3] bar, a[1], b[1] and 1.'],
    ['> Quoted [1].\n\n- item [2]\n\n  more [3]', 'Quoted {1@9}.item {2@22}more {3@34}'],
    ['| a | b |\n|---|---|\n| x [1] | [2] |', 'abx {1@24}{2@30}'],
    ['1. one\n2. two [1]\n\n**bold [2]** *it [3]*', 'onetwo {1@14}bold {2@26} it {3@36}'],
  ])('renders %j as %j', (text, shown) => {
    expect(read(text, { markers }).replace(/\n+/g, '').trim()).toBe(shown);
  });

  it('are where the engine found them, whatever is around, also in a part of the message', () => {
    const places = [{ start: 110, end: 113, numbers: [2] }];
    expect(read('Rain is [1] [2] here', { markers, places, offset: 98 })).toBe('Rain is [1] {2@110} here');
  });

  it('keep their places in a table that is shown in parts', () => {
    const head = '| a | b |\n|---|---|\n';
    const rows = Array.from({ length: 100 }, (_, index) => `| row ${index} of the long table | so it is [1] |`);
    const text = `Before.\n\n${head}${rows.join('\n')}`;
    const places = [...read(text, { markers }).matchAll(/\{1@(\d+)\}/g)].map((match) => Number(match[1]));
    expect(places).toHaveLength(100);
    for (const place of places) expect(text.slice(place, place + 3)).toBe('[1]');
  });
});

describe('text as it was written', () => {
  test.each([
    ['Take 2~4 tablets, 6~8 hours apart.', 'Take 2~4 tablets, 6~8 hours apart.'],
    ['Say \\(not closed, C:\\,dir and \\"so\\".', 'Say \\(not closed, C:\\,dir and \\"so\\".'],
    ['Escaped \\*stars\\*, \\[1\\], 1\\) one, \\# none', 'Escaped *stars*, [1], 1) one, # none'],
    ['It costs $5 to $10, or US$20 a seat; $5-$10, 5$ or 10$.', 'It costs $5 to $10, or US$20 a seat; $5-$10, 5$ or 10$.'],
    ['\\[x^2\\] and \\(y\\) more.', '\\[x^2\\] and \\(y\\) more.'],
    ['$$x^2$$ is its square.', '$$x^2$$ is its square.'],
    ['> $$x^2$$ is it\n> and more', '$$x^2$$ is it\nand more'],
    ['\\[x^2\\].', '\\[x^2\\].'],
    ['- $$x^2$$, then\n- y', '$$x^2$$, then\ny'],
    ['2*3*4 = 24, 2**3**2 and 1*2 or 3*4', '2*3*4 = 24, 2**3**2 and 1*2 or 3*4'],
    ['The area a*b*c or 2*x*y.', 'The area a*b*c or 2*x*y.'],
    ['Both __init__ and obj.__dict__ in __main__.py', 'Both __init__ and obj.__dict__ in __main__.py'],
    ['Here:\n-', 'Here:\n-'],
    ['Sum\n=', 'Sum\n='],
    ['$$ is the pid; kill $$, echo $$; earn $$ fast, lots of $$!', '$$ is the pid; kill $$, echo $$; earn $$ fast, lots of $$!'],
    ['\\\\nas\\scans, C:\\\\dir, a\\\\', '\\\\nas\\scans, C:\\\\dir, a\\\\'],
    ['\\begin{itemize}\n\\item a\\\\\n\\end{itemize}', '\\begin{itemize}\n\\item a\\\\\n\\end{itemize}'],
    ['Call handlers[0](event), f[1](2) and [](x).', 'Call handlers[0](event), f[1](2) and [](x).'],
    ['[the guide](#start) and [a](./b)', 'the guide and a'],
    ['Use Vec<String>, a<b>c and x < y.', 'Use Vec<String>, a<b>c and x < y.'],
    ['[3]: see there', '[3]: see there'],
    ['[unused]: https://a.example', '[unused]: https://a.example'],
    ['<script>alert(1)</script>', '<script>alert(1)</script>'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a <sup>open and <b>x</b>', 'a <sup>open and <b>x</b>'],
  ])('%j is read %j', (text, shown) => expect(read(text).trim()).toBe(shown));

  test('shows lines, raised and lowered letters and keys, and other tags as text', () => {
    expect(html('one<br>two<br/>three')).toMatch(/one<br\/>\s?two<br\/>\s?three/);
    expect(html('| A |\n|---|\n| one<br>two |')).toMatch(/one<br\/>\s?two/);
    expect(html('x<sup>2</sup>, H<sub>2</sub>O, <kbd>Ctrl</kbd>')).toContain('x<sup>2</sup>, H<sub>2</sub>O, <kbd>Ctrl</kbd>');
    expect(html('<kbd onclick="x()">Ctrl</kbd>')).not.toContain('<kbd');
    expect(html('<br>')).toContain('<br/>');
  });

  test('keeps emphasis beside quotes and signs of languages without blanks', () => {
    for (const [text, strong] of [
      ['**「強調」**の文', '「強調」'],
      ['これは**重要**です。', '重要'],
      ['注意**（必読）**です', '（必読）'],
      ['l’**« eau »**est', '« eau »'],
      ['mot**« gras »**mot', '« gras »'],
      ['**Note:**text', 'Note:'],
      ['say**"quoted"**text', '"quoted"'],
    ] as const)
      expect(html(text).replaceAll('&quot;', '"'), text).toContain(`<strong>${strong}</strong>`);
    expect(html('5*(a+b)*c and snake_case_name')).not.toContain('<em>');
    expect(html('__Note__ and *one* of l*’un*')).toMatch(/<strong>Note<\/strong> and <em>one<\/em>/);
    expect(html('A title\n---\n\nAnother\n===')).toMatch(/<h2[^>]*>A title<\/h2>.*<h1[^>]*>Another<\/h1>/s);
  });

  test('sets the direction of every part by its words', () => {
    expect(html('# שלום\n\nمرحبا\n\n- א').match(/dir="auto"/g)).toHaveLength(3);
  });
});

describe('formulas', () => {
  const formula = (text: string): string[] => [...html(text).matchAll(/<code>([^<]*)<\/code>/g)].map((match) => match[1] as string);
  test.each([
    ['Inline \\(a^2 + b_1\\) here.', ['\\(a^2 + b_1\\)']],
    ['\\[\n\\frac{1}{2} \\times 3\n\\]', ['\\[\n\\frac{1}{2} \\times 3\n\\]']],
    ['$$\\int_0^1 x\\,dx$$', ['$$\\int_0^1 x\\,dx$$']],
    ['So $x + y$ and $E=mc^2$, $\\alpha$.', ['$x + y$', '$E=mc^2$', '$\\alpha$']],
    ['Then:\n$$\na\n= b\n- c\n+ d\n$$\nand on.', ['$$\na\n= b\n- c\n+ d\n$$']],
    ['> Quoted\n> \\[\n> x^2\n> \\]', ['\\[\nx^2\n\\]']],
    ['- item\n\n  \\[\n  x^2\n  \\]\n\n- next', ['\\[\n  x^2\n  \\]']],
    ['| a |\n|---|\n| $x^2$ |', ['$x^2$']],
    ['The $n$th and the $k$-th of $x$s.', ['$n$', '$k$', '$x$']],
    ['\\begin{align}\na+b\\\\\n=c\n\\end{align}', ['\\begin{align}\na+b\\\\\n=c\n\\end{align}']],
    ['So \\begin{equation*}x=1\\end{equation*} holds.', ['\\begin{equation*}x=1\\end{equation*}']],
    ['> \\begin{cases}\n> a\\\\\n> b\n> \\end{cases}', ['\\begin{cases}\na\\\\\nb\n\\end{cases}']],
    ['\\begin{align}\na\\\\\n\nnever closed', []],
    ['Five $5 and $10, `$x$`, \\$y\\$.', ['$x$']],
  ])('%j contains %j', (text, formulas) => expect(formula(text)).toEqual(formulas));

  test('shows an unfinished one on its lines as written', () => {
    expect(html('So:\n\n$$\na\n= b', { streaming: true })).toMatch(/<code>\$\$\na\n= b<\/code>/);
    expect(html('So:\n\n$$\na\n= b')).not.toContain('<code>');
  });
});

describe('footnotes', () => {
  test('are numbers that link to their text', () => {
    const text = 'A claim[^note] here.\n\nMore.\n\n[^note]: The source *of* it [1].';
    const shown = html(text, { markers });
    expect(shown).not.toContain('[^note]');
    expect(shown).toContain('data-note="to note"');
    expect(shown).toContain('data-note="at note"');
    expect(shown).toMatch(/<sup><button[^>]*>1<\/button><\/sup>/);
    expect(read(text, { markers })).toMatch(/The source of it \{1@\d+\}\./);
  });
  test('without a text stay as written', () => expect(read('A claim[^2].')).toBe('A claim[^2].'));
});

test('parses a text in linear time', () => {
  const time = (text: string): number => {
    const started = performance.now();
    html(text, { markers });
    return performance.now() - started;
  };
  // In quadratic time, eight times the length would take 64 times as long.
  for (const piece of ['**', '*a', '$', '\\(', '[1]', '<sup>', '[^1]']) {
    const short = Math.max(20, time(piece.repeat(500)), time(piece.repeat(500)));
    expect(time(piece.repeat(4_000)), piece).toBeLessThan(40 * short);
  }
});
