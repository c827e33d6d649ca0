import { splitSynthesis } from '@renderer/features/debates/synthesisSections';
import { expect, test } from 'vitest';

test('extracts the verdict, and keeps the order of the other sections', () => {
  const text =
    '## Agreements\nBoth accept the price.\n\n## Open points\nThe date.\n\n## Verdict\nRenew for two years [1].\n\n## What would settle it\nA written offer.';
  const synthesis = splitSynthesis(text);
  expect(synthesis).toMatchObject({
    opening: '',
    verdict: { heading: 'Verdict', body: 'Renew for two years [1].' },
    sections: [
      { heading: 'Agreements', body: 'Both accept the price.' },
      { heading: 'Open points', body: 'The date.' },
      { heading: 'What would settle it', body: 'A written offer.' },
    ],
  });
  // Citations are found by their place in the whole text.
  for (const { body, at } of [...synthesis.sections, ...(synthesis.verdict ? [synthesis.verdict] : [])])
    expect(text.slice(at, at + body.length)).toBe(body);
});

test('accepts headings in bold and in any language: the third of four is the verdict', () => {
  const text = '**Acuerdos:**\nUno.\n\n**Puntos abiertos**\nDos.\n\n**Veredicto final**\nTres.\n\n**Lo que lo resolvería**\nCuatro.';
  expect(splitSynthesis(text).verdict).toMatchObject({ heading: 'Veredicto final', body: 'Tres.' });
});

test('keeps a text without headings whole, and reads an unfinished one as far as it goes', () => {
  expect(splitSynthesis('They agree. They do not.')).toMatchObject({ opening: 'They agree. They do not.', verdict: null, sections: [] });
  expect(splitSynthesis('## Agreements\nBoth acc')).toMatchObject({ verdict: null, sections: [{ body: 'Both acc' }] });
});

test('takes no line of bold words for a heading, and reads long lines once', () => {
  expect(splitSynthesis('**One** and **two**\n####### seven\n#no').sections).toEqual([]);
  expect(splitSynthesis('# Verdict #\nYes.').verdict).toMatchObject({ heading: 'Verdict', body: 'Yes.' });
  // In cubic time, this length would outlast the test.
  expect(splitSynthesis(`# a${' '.repeat(200_000)}b`).sections).toHaveLength(1);
});
