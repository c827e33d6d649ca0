import { pageFileOf } from '@main/knowledge/pageFile';
import { expect, it } from 'vitest';

const of = (address: string, type: string | null, disposition: string | null = null) =>
  pageFileOf({ get: (name) => (name === 'content-type' ? type : name === 'content-disposition' ? disposition : null) }, address);

it.each([
  ['https://a.example/x', 'text/html; charset="Shift_JIS"', null, { fileName: 'page.html', charset: 'Shift_JIS', isPage: true }],
  ['https://a.example/x.pdf', 'text/html', null, { fileName: 'page.html', charset: null, isPage: true }],
  ['https://a.example/x', 'application/xhtml+xml', null, { fileName: 'page.xhtml', charset: null, isPage: true }],
  ['https://a.example/report', 'application/pdf', null, { fileName: 'report.pdf', charset: null, isPage: false }],
  ['https://a.example/report.pdf?x=1', 'application/octet-stream', null, { fileName: 'report.pdf', charset: null, isPage: false }],
  [
    'https://a.example/d?id=4',
    'application/pdf',
    'attachment; filename="The lease.pdf"',
    { fileName: 'The lease.pdf', charset: null, isPage: false },
  ],
  [
    'https://a.example/d',
    'application/octet-stream',
    "attachment; filename*=UTF-8''le%20bail.docx",
    { fileName: 'le bail.docx', charset: null, isPage: false },
  ],
  [
    'https://a.example/d',
    'application/pdf',
    'attachment; filename="../../etc/x.pdf"',
    { fileName: '.. .. etc x.pdf', charset: null, isPage: false },
  ],
  ['https://a.example/notes.md', 'text/plain', null, { fileName: 'notes.md', charset: null, isPage: false }],
  ['https://a.example/notes', 'text/plain', null, { fileName: 'notes.txt', charset: null, isPage: false }],
  ['https://a.example/', 'text/csv', null, { fileName: 'a.example.csv', charset: null, isPage: false }],
  ['https://a.example/feed', 'application/vnd.things+json', null, { fileName: 'feed.json', charset: null, isPage: false }],
  ['https://a.example/x', null, null, { fileName: 'page.html', charset: null, isPage: true }],
  ['https://a.example/%E0%A4%A', 'application/pdf', null, { fileName: '%E0%A4%A.pdf', charset: null, isPage: false }],
])('decides what lies at %s of type %s', (address, type, disposition, file) => {
  expect(of(address, type, disposition)).toEqual(file);
});

it.each(['image/tiff', 'video/mp4', 'application/x-msdownload', 'font/woff2'])('refuses %s by its type', (type) => {
  expect(() => of('https://a.example/x', type)).toThrow(
    expect.objectContaining({ code: 'page.failed', details: { reason: 'type', type } }),
  );
});
