import { expect, test } from 'vitest';
import { compareBuilds, tableOfBoth } from '../../bench/against';
import { type Figure, figure } from '../../bench/figures';

const baseline = { what: 'CPU loop', unit: 'ms', value: 10 };

test('measures both builds in turns, keeps the median, and names what one of them cannot do', async () => {
  const values = [100, 50, 300, 70, 200, 60];
  const run: string[] = [];
  const start = async (): Promise<Figure[]> => {
    run.push('start');
    return [figure('start', 'ready', 'ms', values.shift() ?? Number.NaN, baseline)];
  };
  let tries = 0;
  const find = async (): Promise<Figure[]> => {
    run.push('find');
    tries += 1;
    if (tries % 2 === 1) throw new Error('There is no such call.');
    return [figure('find', 'found', 'ms', 5, baseline)];
  };
  const { compared, failures } = await compareBuilds({ start, find }, { against: 'elsewhere', rounds: 3 });
  expect(run.slice(0, 4)).toEqual(['start', 'start', 'find', 'find']);
  expect(compared).toEqual([
    { part: 'start', name: 'ready', unit: 'ms', before: 200, after: 60 },
    { part: 'find', name: 'found', unit: 'ms', before: null, after: 5 },
  ]);
  expect(failures).toEqual(Array(3).fill('find, before: There is no such call.'));
  const [, , ready, found] = tableOfBoth(compared).split('\n');
  expect(ready).toMatch(/^start +ready +200 ms +60 ms +0\.3$/);
  expect(found).toMatch(/^find +found +cannot do it +5 ms +–$/);
});
