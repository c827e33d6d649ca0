import { hrefTo } from '@renderer/base/routes';
import { Markdown } from '@renderer/ui/markdown/Markdown';
import { TooltipProvider } from '@renderer/ui/Tooltip';
import i18next from 'i18next';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(async () => {
  vi.stubGlobal('document', { getElementById: () => null });
  await i18next.use(initReactI18next).init({ lng: 'en', resources: {} });
});
const render = (text: string, streaming = false): string =>
  renderToStaticMarkup(createElement(TooltipProvider, null, createElement(Markdown, { text, streaming })));
const tags = (html: string): string[] => [...new Set([...html.matchAll(/<([a-z0-9]+)/g)].map(([, tag = '']) => tag))];

test('shows raw HTML as text', () => {
  const html = render(
    '<script>alert(1)</script>\n\nHello <img src=x onerror=alert(1)> <b>you</b>\n\n<iframe src="https://a.org"></iframe>',
  );
  expect(tags(html).filter((tag) => ['script', 'img', 'iframe', 'b'].includes(tag))).toEqual([]);
  expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  expect(html).not.toMatch(/<[^>]*\son\w+=/);
});

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'vbscript:x',
  '&#106;avascript:alert(1)',
])('a link to %s leads nowhere', (address) => {
  const html = render(`[click](${address}) <${address}>\n\n[named]\n\n[named]: ${address}`);
  expect(html).not.toContain('href');
  expect(html).toContain('click');
});

const id = '01890f4e-7d3a-7cc1-98c4-dc0c0c07398f';
test('opens a link to a conversation or its message in the window, and no other place of it', () => {
  for (const address of [hrefTo('conversation', { id, messageId: id }), hrefTo('debate', { id }), `#/chat/${id}`])
    expect(render(`[then](${address})`)).toContain(`<a class="link" href="${address}">then</a>`);
  const refused = [
    '#/settings/data',
    `#/chat/${id}/x`,
    `#/chat/${id}/${id}/${id}`,
    `#/library/documents/${id}`,
    `/chat/${id}`,
    '#/chat',
    '#',
  ];
  for (const address of refused) expect(render(`[then](${address})`)).not.toContain('href');
});

test('names an external picture without fetching it', () => {
  const html = render('![chart](https://tracker.example/pixel.png) and ![x](data:image/png;base64,AA)');
  expect(tags(html)).not.toContain('img');
  expect(html).toContain('chart');
  expect(html).not.toContain('src=');
});

test('keeps the address of an external link for the question before it', () => {
  expect(render('[site](https://a.org/x)')).toMatch(/<a [^>]*href="https:\/\/a\.org\/x"[^>]*rel="noreferrer noopener"/);
});

test('shows an open fence as code to the end, and the text after its close as text', () => {
  expect(render('Look:\n\n```js\nconst a = 1;\n\n# not a heading', true)).toContain('const a = 1;\n\n# not a heading');
  expect(tags(render('```js\nx\n```\n\n# A heading', true))).toContain('h1');
});

test('renders a long table as one table with one head', () => {
  const html = render(`| a | b |\n|---|--:|\n${'| 1 | **2** |\n'.repeat(200)}`);
  expect(html.match(/<table>/g)).toHaveLength(1);
  expect(html.match(/<thead>/g)).toHaveLength(1);
  expect(html.match(/<tr>/g)).toHaveLength(201);
  expect(html.match(/<strong>2<\/strong>/g)).toHaveLength(200);
});

test('renders deep and broken structures', () => {
  for (const text of [
    `${'>'.repeat(300)} deep`,
    `${'- '.repeat(200)}x`,
    '[['.repeat(500),
    '**'.repeat(1_000),
    '|'.repeat(500),
    '`'.repeat(999),
  ])
    expect(render(text).length).toBeGreaterThan(20);
});
