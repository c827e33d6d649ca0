import { isSentenceEnd, isSentenceStart, sentenceEnds } from '@shared/text/sentences';
import { expect, it } from 'vitest';

/** The text with a bar after each sentence. */
const cut = (text: string): string => {
  let shown = '';
  let from = 0;
  for (const end of sentenceEnds(text)) {
    shown += `${text.slice(from, end)}|`;
    from = end;
  }
  return shown + text.slice(from);
};

it.each([
  ['It rains. It pours! Does it? Yes', 'It rains.| It pours!| Does it?| Yes'],
  ['Hal B. Wallis and Mr. Hyde, see fig. 3, p. 561. Next.', 'Hal B. Wallis and Mr. Hyde, see fig. 3, p. 561.| Next.|'],
  ['MM. G. Bergamini et W. H. Wills, cf. art. 12. Suite.', 'MM.| G. Bergamini et W. H. Wills, cf. art. 12.| Suite.|'],
  ['It costs 3.50 at example.com. So', 'It costs 3.50 at example.com.| So'],
  ['Made in the U.S. by hand, etc. and more. End.', 'Made in the U.S. by hand, etc. and more.| End.|'],
  ['Il a dit : « Oui. » Puis il sortit… Rien.', 'Il a dit : « Oui. »| Puis il sortit…| Rien.|'],
  ['It is **kept.** It is (not). "Why?" Who', 'It is **kept.**| It is (not).| "Why?"| Who'],
  ['Water boils. [1][2] Ice melts [3]. End', 'Water boils. [1][2]| Ice melts [3].| End'],
  ['水は沸く。氷は溶ける！終わり', '水は沸く。|氷は溶ける！|終わり'],
  ['पानी उबलता है। बर्फ। هل هذا؟ نعم', 'पानी उबलता है।| बर्फ।| هل هذا؟| نعم'],
  ['a list (of keys, etc.) and `...` more', 'a list (of keys, etc.) and `...` more'],
  ['a text without capitals. it goes on, see fig. 3. and on', 'a text without capitals.| it goes on, see fig. 3.| and on'],
])('cuts %j into its sentences', (text, expected) => {
  expect(cut(text)).toBe(expected);
});

it.each([
  ['', true],
  ['He left. ', true],
  ['# ', true],
  ['Titre : « ', true],
  ['he met ', false],
  ['in the ', false],
])('expects a capital after %j: %s', (words, due) => {
  expect(isSentenceStart(words)).toBe(due);
});

it('finds the end of a sentence after quotes and marks', () => {
  expect(['Done.', 'Done.** ', 'He said "yes!"', '終わり。', 'done'].map(isSentenceEnd)).toEqual([true, true, true, true, false]);
});

it.each(['.', '. ', '.)', '. [1', '!»', '。'])('reads %j by the hundred thousand in linear time', (signs) => {
  expect(sentenceEnds(`${signs.repeat(100_000)} Then. B`).at(-1)).toBe(signs.length * 100_000 + 6);
});
