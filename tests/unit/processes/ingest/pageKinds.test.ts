import { htmlToText } from '@main/processes/ingest/parsers/htmlToText';
import { expect, test } from 'vitest';

const read = (html: string): string[] =>
  htmlToText(html)
    .builder.build()
    .text.split('\n')
    .filter((line) => line !== '');

test('an ordered list keeps the numbers that the page shows', () => {
  const html = '<ol start=4><li>a<li>b<ol type=a><li>c<li>d</ol><li value=9>e<li>f</ol><ul><li>g</ul><ol type=I><li>h</ol>';
  expect(read(html)).toEqual(['4. a', '5. b', '  a. c', '  b. d', '9. e', '10. f', '- g', 'I. h']);
});

test('a form keeps what was ticked, typed and chosen', () => {
  const html =
    '<p><input type=checkbox checked> visit<p><input type=radio> photographs<p>Name <input value="Odile Kervran"><input type=hidden value=secret><p>Colour <select><option>Red<option selected>Blue</select>.';
  expect(read(html)).toEqual(['[x] visit', '[ ] photographs', 'Name Odile Kervran', 'Colour Blue .']);
});

test('a cell that spans rows stands in each; one that spans columns shifts no other', () => {
  const html = '<table><tr><td rowspan=3>North<td colspan=2>both<td>x<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6<tr><td>South<td>7</table>';
  expect(read(html)).toEqual(['North | both |  | x', 'North | 1 | 2 | 3', 'North | 4 | 5 | 6', 'South | 7']);
});

test('raised numbers are no part of the number before them, and words that are struck out say so', () => {
  expect(read('<p>10<sup>6</sup> m<sup>2</sup>, the 1<sup>er</sup> mill<sup><a href="#n">2</a></sup>, <del>50</del> <s>60</s> 40')).toEqual(
    ['10⁶ m², the 1er mill[2], ~~50~~ ~~60~~ 40'],
  );
});
