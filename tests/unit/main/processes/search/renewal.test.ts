import { watchGrowth } from '@main/processes/search/renewal';
import { expect, test } from 'vitest';

const megabyte = 2 ** 20;
/** A process of 200 MB whose clock, size and work the test sets. */
const watched = () => {
  const state = { now: 0, memory: 200 * megabyte, settled: true, asked: 0 };
  const renewal = watchGrowth({
    memory: () => state.memory,
    settled: () => state.settled,
    now: () => state.now,
    ask: () => {
      state.asked += 1;
    },
  });
  /** Lets seconds pass, with a check every five. */
  const pass = (seconds: number): void => {
    for (let second = 0; second < seconds; second += 5) {
      state.now += 5_000;
      renewal.look();
    }
  };
  return { state, renewal, pass };
};

test('asks once, after a minute of quiet, when a process has grown in work', () => {
  const { state, renewal, pass } = watched();
  renewal.use();
  state.memory = 800 * megabyte;
  pass(55);
  expect(state.asked).toBe(0);
  pass(5);
  expect(state.asked).toBe(1);
  pass(55);
  expect(state.asked).toBe(1);
  pass(5);
  expect(state.asked).toBe(2);
});

test('waits while the process is used or works in the background', () => {
  const { state, renewal, pass } = watched();
  renewal.use();
  state.memory = 800 * megabyte;
  for (let question = 0; question < 10; question += 1) {
    pass(50);
    renewal.use();
  }
  state.settled = false;
  pass(300);
  expect(state.asked).toBe(0);
  state.settled = true;
  pass(60);
  expect(state.asked).toBe(1);
});

test('keeps a process that was not used, or grew little', () => {
  const { state, renewal, pass } = watched();
  pass(300);
  renewal.use();
  state.memory = 290 * megabyte;
  pass(300);
  expect(state.asked).toBe(0);
});

test('counts the model and graph read at start into the size at rest', () => {
  const { state, renewal, pass } = watched();
  state.settled = false;
  pass(10);
  state.memory = 600 * megabyte;
  state.settled = true;
  pass(5);
  renewal.use();
  state.memory = 700 * megabyte;
  pass(300);
  expect(state.asked).toBe(0);
});

test('counts long work after the start as growth although nobody called', () => {
  const { state, pass } = watched();
  state.settled = false;
  pass(120);
  state.memory = 600 * megabyte;
  state.settled = true;
  pass(60);
  expect(state.asked).toBe(1);
});
