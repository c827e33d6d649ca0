import { findCitationMarks, quotedIn } from '@shared/markdown/citationMarks';
import { proseOf } from '@shared/markdown/prose';
import { describe, expect, it } from 'vitest';

const upTo = (count: number): Set<number> => new Set(Array.from({ length: count }, (_, index) => index + 1));
const cited = (text: string, known = upTo(8)): string[] =>
  findCitationMarks(text, { known }).map(({ start, end }) => text.slice(start, end));

/** Sources 1 to 8 are given. The parts after the text are its citations; any other bracket is text. */
const table: [text: string, ...citations: string[]][] = [
  // Citations as models write them.
  ['The boiler runs at two to five bar [1].', '[1]'],
  ['The boiler runs at two to five bar.[1]', '[1]'],
  ['The boiler runs at two to five bar. [1]', '[1]'],
  ['Rent is due in May [2], the deposit in June [3].', '[2]', '[3]'],
  ['Rent is due in May [1][2].', '[1]', '[2]'],
  ['Rent is due in May [1] [2].', '[1]', '[2]'],
  ['Rent is due in May [1, 2].', '[1, 2]'],
  ['Rent is due in May. [1, 2]', '[1, 2]'],
  ['Rent is due in May [1; 3].', '[1; 3]'],
  ['Rent is due in May [1-3].', '[1-3]'],
  ['Rent is due in May [1–3], as before.', '[1–3]'],
  ['Le loyer est dû en mai [1, 2].', '[1, 2]'],
  ['Le loyer est dû en mai [2] ; la caution en juin [4].', '[2]', '[4]'],
  ['Le loyer [1] est dû en mai.', '[1]'],
  ['The rent [1, 2] is due in May.', '[1, 2]'],
  ['Rent is due in May 【1】.', '【1】'],
  ['Rent is due in May【1†source】.', '【1†source】'],
  ['Rent is due in May [1†source].', '[1†source]'],
  ['Rent is due in May [1†lease.pdf].', '[1†lease.pdf]'],
  ['Rent is due in May [Source 1].', '[Source 1]'],
  ['Rent is due in May [Sources 1, 2].', '[Sources 1, 2]'],
  ['Le loyer est dû en mai [Source 1, Source 3].', '[Source 1, Source 3]'],
  ['Le loyer est dû en mai [source n° 2].', '[source n° 2]'],
  ['Le loyer est dû en mai [extrait 2].', '[extrait 2]'],
  ['Rent is due in May [1 and 2].', '[1 and 2]'],
  ['Le loyer est dû en mai [1 et 2].', '[1 et 2]'],
  ['See [1] for the terms.', '[1]'],
  ['See [1, 2] for the terms.', '[1, 2]'],
  ['Voir [3].', '[3]'],
  ['As stated in [2, 5], rent is due.', '[2, 5]'],
  ['Comme indiqué dans [2, 5], le loyer est dû.', '[2, 5]'],
  ['According to [4], rent is due in May.', '[4]'],
  ["D'après [1, 4], le loyer est dû en mai.", '[1, 4]'],
  ['[1] says that rent is due in May.', '[1]'],
  ['- Rent: 500 francs [1]\n- Deposit: 900 francs [2]', '[1]', '[2]'],
  ['| Rent | 500 [1] |\n|---|---|\n| Deposit | [2, 3] |', '[1]', '[2, 3]'],
  ['**Rent is due in May [1].**', '[1]'],
  ['*Rent is due in May* [1]', '[1]'],
  ['> Rent is due in May. [1]', '[1]'],
  ['“Rent is due in May” [1].', '[1]'],
  ['Rent is due in May ([1]).', '[1]'],
  ['Rent is due in May (see [1, 2]).', '[1, 2]'],
  ['The mill was built in 1987[1].', '[1]'],
  ['The tank holds 5 m[2], no more.', '[2]'],
  ['The gas is mostly CO2[1].', '[1]'],
  ['### Rent [1]', '[1]'],
  ['Sources: [1], [2]', '[1]', '[2]'],
  ['Sources : [1, 2]', '[1, 2]'],
  ['Water boils<sup>[1]</sup>.', '[1]'],
  ['Rent is due in May [1]-[3].', '[1]', '[3]'],
  ['Rent is due in May [1] – [3], as before.', '[1]', '[3]'],
  ['Rent is due in May [1]--[3].', '[1]', '[3]'],
  ['As [1] through [3] say, rent is due in May.', '[1]', '[3]'],
  ['The terms stand from [1] to [5].', '[1]', '[5]'],
  ['Les conditions figurent de [1] à [3].', '[1]', '[3]'],
  ['Voir [1] jusqu’à [3].', '[1]', '[3]'],
  ['Between [1] and [3] there is no difference.', '[1]', '[3]'],
  ['Rent is due in May [1]-[9].', '[1]'],
  ['From [7] to [12] they agree.', '[7]'],
  ['The list [1] names every vessel.', '[1]'],
  ['The last table [2] gives the figures.', '[2]'],
  ['The pressure stays within this range [1, 2].', '[1, 2]'],
  ['水在100度沸腾[1]。', '[1]'],
  ['It costs $5 [1] or $10 [2].', '[1]', '[2]'],
  ['In the interval [2, 5] bar the valve stays shut [1].', '[1]'],
  ['The text reads “half past six” [3], not seven.', '[3]'],
  ['A claim[^1] of the register [2].\n\n[^1]: So it says [3].', '[2]', '[3]'],
  ['Known [1, 9].', '[1, 9]'],
  ['It is shown by handing back the keys [1].', '[1]'],
  ['Cells of this type [1] divide; the last hit [2] was in May.', '[1]', '[2]'],
  ['La touche [3] est usée.', '[3]'],
  ['Written in C++[1], C#[2] and Node.js[3].', '[1]', '[2]', '[3]'],
  ['The iPhone[1] and eBay[2] in U.S.[3] law.', '[1]', '[2]', '[3]'],
  ['A change of pH[1], of mRNA[2] or kWh[3]; AT&T[4] too.', '[1]', '[2]', '[3]', '[4]'],
  ['Water at 5 °C[1].', '[1]'],
  // Intervals, arrays, scales, matrices.
  ['Keep the pressure in the interval [2, 5] bar.'],
  ['Keep the pressure between [2, 5] bar.'],
  ['The pressure is [2, 5] bar.'],
  ['The pressure stays at [2, 5].'],
  ['The range [2, 5] is safe.'],
  ['Any value in [2, 5] will do.'],
  ['x lies in [1, 4].'],
  ['La pression reste dans l’intervalle [2, 5] bar.'],
  ['La pression reste dans [2, 5].'],
  ['La plage est [2, 5].'],
  ['La fourchette [2 ; 5] convient.'],
  ['Pression : [2, 5]'],
  ['Une pression de [2, 5] bars suffit.'],
  ['Température de [5, 8] °C en hiver.'],
  ['It takes [2, 3] days.'],
  ['Cela prend [2, 3] jours.'],
  ['f is increasing on [1, 3].'],
  ['La fonction est croissante sur [1, 3].'],
  ['Let x ∈ [1, 2].'],
  ['Soit x ∈ [1, 2].'],
  ['[1, 2] ∪ [3, 4] is no interval.'],
  ['Take the array [1, 2, 3] and reverse it to [3, 2, 1].'],
  ['Prenez le tableau [1, 2, 3] et inversez-le.'],
  ['The list [1, 2, 3] is sorted.'],
  ['La liste [1, 2] est triée.'],
  ['The vector [1, 2] has length two.'],
  ['The function returns [1, 2].'],
  ['La fonction renvoie [1, 2].'],
  ['a = [1]'],
  ['Values: [1, 2, 3]'],
  ['The counts were [1, 1, 2].'],
  ['The matrix [[1,2],[3,4]] is regular.'],
  ['La matrice [[1, 2], [3, 4], [5, 6]] est régulière.'],
  ['Mark it on the scale [1-8].'],
  ['Notez-le sur une échelle [1-5].'],
  ['Mark it on a scale from [1] to [5].'],
  ['Notez-le sur une échelle de [1] à [5].'],
  ['Any value between [2] and [5] will do.'],
  ['It takes from [2] to [5] days.'],
  ['The interval [2] – [5] is safe.'],
  ['On a scale of [1-5], it is a four.'],
  ['The element a[2] of the list.'],
  ['L’élément t[3] du tableau.'],
  ['Set my_list[2] to zero.'],
  ['Call args[1] first.'],
  ['Then items[2].name changes.'],
  ['It reads rowCount[3] twice.'],
  ['f(x)[1] is the first part.'],
  ['The pair [3, 4] solves it.'],
  ['The point [1, 2] lies on the line.'],
  ['Use arr[1][2], grid[2][3] and df["a"][1].'],
  ['It is [1, 2, 3], not [3, 2, 1].'],
  ['{ "n": [1] }'],
  ['- [1, 2]\n- [3, 4]'],
  ['In Python [1]*3 repeats; new int[4] reserves.'],
  ['The regex [1-5] matches a digit.'],
  ['The hazard was 2.1 (95% CI [2, 5]).'],
  ['Un risque de 2 (IC à 95 % [2 ; 5]).'],
  // Other numbers in brackets.
  ['A price of [8] francs stood in brackets.'],
  ['Il coûte [8] euros.'],
  ['Press [1] to confirm.'],
  ['Tapez [2] pour continuer.'],
  ['Follow step [2] again.'],
  ['Follow steps [2] to [4].'],
  ['Follow steps [2] and [4].'],
  ['Read pages [2]-[4].'],
  ['Press [1] or [2] to go on.'],
  ['As shown in figure [3].'],
  ['Voir page [4].'],
  ['On the [1] May 2024.'],
  ['Le [8] mai 2024.'],
  ['He was rated [4] out of 5.'],
  ['The [1]st of them.'],
  ['The compound [4]-helicene is chiral.'],
  ['The paper itself prints “[1]” there.'],
  ['Le texte porte « [1] » à cet endroit.'],
  ['He wrote “recieve” [sic] in 2024 [2024].'],
  ['An escaped \\[1\\] stays.'],
  ['A zero [0] and a [01].'],
  ['Nothing was given as [9].'],
  ['Not all are there [7-9].'],
  ['Press button [2].'],
  ['Then type [1] and hit [2].'],
  ['It has [5] stars.'],
  ['Ps [8]:2 is sung.'],
  // Code, formulas, links, footnotes.
  ['\\sqrt[3]{8} is two, \\item[2] the second, \\cite[1]{a} a note.'],
  ['\\begin{bmatrix}[1]\\end{bmatrix}'],
  ['See [1]( https://a.example ).'],
  ['In code `a[2]` and\n\n```\nb[3] = [4, 5]\n```\n'],
  ['Indented:\n\n    b[3] = [4]\n\nDone.'],
  ['~~~\n[1]\n~~~'],
  ['``a ` [1]`` is code.'],
  ['With $x \\in [2,5]$ it holds.'],
  ['$$\\begin{bmatrix}[1]\\end{bmatrix}$$'],
  ['\\[\n x \\in [1, 2]\n\\]'],
  ['The entry x_{[3]} of it.'],
  ['So \\(a[1]\\) is it.'],
  ['See [the page](https://a.example/x[2]).'],
  ['See [1](https://a.example).'],
  ['See ![1](https://a.example/c.png).'],
  ['See [the page][2].\n\n[2]: https://b.example'],
  ['See [1].\n\n[1]: https://b.example'],
  ['Open https://a.example/x[2] now.'],
  ['Open <https://a.example/[2]> now.'],
  ['A claim[^1] here.\n\n[^1]: The source of it.'],
  ['Written <!-- [1] --> there.'],
];

describe('citations of sources', () => {
  it.each(table.map(([text, ...citations]) => [text, citations] as const))('%j', (text, citations) => {
    expect(cited(text)).toEqual(citations);
  });

  it('are the same whatever is in the paragraphs around', () => {
    for (const [text, ...citations] of table) {
      // A definition counts everywhere, a fence must not stay open, an indented line needs its blank one.
      expect(cited(`Before it.\n\n${text}\n\nAfter it [1].`).slice(0, -1), text).toEqual(text.includes('[1]: https') ? [] : citations);
    }
  });

  it('contain only given numbers, in the order written', () => {
    const marks = findCitationMarks('Both hold [3, 9, 1]. All hold [1-3].', { known: new Set([1, 2, 3]) });
    expect(marks.map(({ numbers }) => numbers)).toEqual([
      [3, 1],
      [1, 2, 3],
    ]);
    expect(cited('Nothing was searched [1].', new Set())).toEqual([]);
  });

  it('exclude notes of the source itself', () => {
    const isQuoted = quotedIn(['The tower was raised by\nthe guild of masons [1] in the year of the flood.']);
    const find = (text: string): number => findCitationMarks(text, { known: upTo(3), isQuoted }).length;
    expect(find('It says “raised by the guild of masons [1] in the year of the flood” [2].')).toBe(1);
    expect(find('Masons raised the tower [1].')).toBe(1);
  });

  it('are found in linear time in any text', () => {
    const measure = (text: string): number => {
      const started = performance.now();
      cited(text);
      return performance.now() - started;
    };
    // In quadratic time, eight times the length would take 64 times as long.
    for (const piece of ['[', '`', '``` ', '$', '$$ ', '\\( ', '\\[ ', '[1](', '<a ', '[[', 'a[1', '【', '<!--', '`a` ', 'w']) {
      const short = Math.max(20, measure(piece.repeat(Math.ceil(30_000 / piece.length))));
      expect(measure(piece.repeat(Math.ceil(240_000 / piece.length))), piece).toBeLessThan(40 * short);
    }
  });
});

describe('a text of lines that begin formulas', () => {
  it.each(['$$ a\n', '\\[ a\n'])('is read in linear time: %j', (line) => {
    // The quickest of several runs, since other programs take the processor meanwhile.
    const reading = (lines: number): number =>
      Math.min(
        ...Array.from({ length: 4 }, () => {
          const started = performance.now();
          proseOf(line.repeat(lines));
          return performance.now() - started;
        }),
      );
    expect(reading(32_000)).toBeLessThan(24 * reading(4_000));
  });
});
