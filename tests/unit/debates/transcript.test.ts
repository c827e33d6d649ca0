import { entriesOf, foldPoint, renderTranscript } from '@main/debates/transcript';
import { clipText, fitting } from '@main/memory/summary/fitText';
import { estimateTokens } from '@main/providers/tokens';
import type { DebateTurn, Message } from '@shared/model';
import { describe, expect, it } from 'vitest';
import { config } from './harness';

/** Each has 50 tokens, 52 with its separator. */
const entries = Array.from({ length: 6 }, (_, index) => `${index}${'x'.repeat(174)}`);
const earlier = { text: 's'.repeat(168), turns: 3 };
const numbers = (text: string): string => text.replace(/[xs]+/g, (run) => run.charAt(0)).replaceAll('\n\n', ' ');

describe('the transcript', () => {
  it('names the speakers and marks who was missing, cut off or replaced, never why', () => {
    const turn = (seat: number, text: string, replaced: DebateTurn['replaced']): DebateTurn => ({
      seat,
      round: 1,
      message: { text } as Message,
      replaced,
      condensed: null,
    });
    const names: Record<string, string> = { neo: 'Neo', anima: 'AnimA' };
    expect(
      entriesOf(
        config(),
        [
          turn(0, 'No.', null),
          turn(1, '', { from: 'a', to: null, reason: 'provider.auth' }),
          turn(1, 'Half', { from: 'a', to: null, reason: 'provider.auth' }),
          turn(0, 'No!', { from: 'a', to: 'b', reason: 'provider.auth' }),
        ],
        (id) => names[id] ?? id,
      ),
    ).toEqual([
      'Neo (attacker: Against closing) · 1/2\nNo.',
      'AnimA (challenger: For closing) · 1/2 [absent]\n—',
      'AnimA (challenger: For closing) · 1/2 [cut off]\nHalf',
      'Neo (attacker: Against closing) · 1/2 [replaced]\nNo!',
    ]);
  });

  it.each([
    { tokens: 312, summary: null, shown: '0x 1x 2x 3x 4x 5x', summarised: 0, leftOut: 0 },
    { tokens: 312, summary: earlier, shown: '0x 1x 2x 3x 4x 5x', summarised: 0, leftOut: 0 },
    { tokens: 311, summary: null, shown: '[…] 1x 2x 3x 4x 5x', summarised: 0, leftOut: 1 },
    { tokens: 206, summary: earlier, shown: 's 3x 4x 5x', summarised: 3, leftOut: 0 },
    { tokens: 205, summary: earlier, shown: 's […] 4x 5x', summarised: 3, leftOut: 1 },
    { tokens: 102, summary: earlier, shown: 's […] 5x', summarised: 3, leftOut: 2 },
    // The summary does not fit beside the last one.
    { tokens: 101, summary: earlier, shown: '[…] 5x', summarised: 0, leftOut: 5 },
    { tokens: 0, summary: null, shown: '[…] 5x', summarised: 0, leftOut: 5 },
  ])('within $tokens tokens is $shown', ({ tokens, summary, shown, summarised, leftOut }) => {
    const rendered = renderTranscript({ entries, tokens, earlier: summary });
    expect(rendered).toMatchObject({ summarised, leftOut });
    expect(numbers(rendered.text)).toBe(shown);
  });

  it('cuts the last one where it alone is too long, and marks that', () => {
    const long = [...entries.slice(0, 3), `6 ${'One more sentence. '.repeat(500)}`];
    const { text, ...counts } = renderTranscript({ entries: long, tokens: 400, earlier });
    expect(counts).toEqual({ summarised: 3, leftOut: 1 });
    expect(text).toMatch(/^s+\n\n6 (One more sentence\. )+\[…\]$/);
    expect(estimateTokens(text)).toBeLessThanOrEqual(400);
    // Part of it is shown even without room.
    expect(renderTranscript({ entries: long, tokens: 0, earlier }).text).toMatch(/^\[…\]\n\n6 (One more sentence\. ){20,}\[…\]$/);
  });

  it('is empty without contributions', () => {
    expect(renderTranscript({ entries: [], tokens: 0, earlier: null })).toEqual({ text: '', summarised: 0, leftOut: 0 });
  });

  it.each([
    { what: 'so many that the others take half of the room', tokens: 312, covered: 0, settled: 6, point: 3 },
    { what: 'none but at least one more', tokens: 10_000, covered: 2, settled: 6, point: 3 },
    { what: 'all but the last in no room', tokens: 0, covered: 0, settled: 6, point: 5 },
    { what: 'none that may still grow', tokens: 0, covered: 1, settled: 3, point: 3 },
    { what: 'none more when none is settled', tokens: 0, covered: 3, settled: 3, point: 3 },
    { what: 'none of one', tokens: 0, covered: 5, settled: 6, point: 5 },
  ])('folds $what', ({ tokens, covered, settled, point }) => {
    expect(foldPoint({ entries, tokens, covered, settled })).toBe(point);
  });

  it('returns how many entries a window reads', () => {
    expect([fitting(entries, 104), fitting(entries, 103), fitting(entries, 1), fitting(entries, 10_000)]).toEqual([2, 1, 1, 6]);
  });

  it('cuts a text after a sentence, or after a word where there is none', () => {
    expect(clipText('Short.', 10)).toBe('Short.');
    expect(clipText('One sentence here [1]. Another (one.) And a third that is cut in its middle.', 14)).toBe(
      'One sentence here [1]. Another (one.)',
    );
    const cut = clipText('word '.repeat(100), 20);
    expect(cut).toMatch(/^(word )+word$/);
    expect(estimateTokens(cut)).toBeLessThanOrEqual(20);
    expect(clipText('x'.repeat(100), 0)).toBe('');
  });
});
