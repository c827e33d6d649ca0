/** Makes a value with its first use, for one that a start should not wait for. */
export const onceUsed = <Value>(make: () => Value): (() => Value) => {
  let made: { value: Value } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** Makes a function with its first call, for one with more patterns than a start should build. */
export const whenUsed = <Given extends unknown[], Result>(make: () => (...given: Given) => Result): ((...given: Given) => Result) => {
  const made = onceUsed(make);
  return (...given) => made()(...given);
};

/** A pattern that is only asked whether it occurs. */
export type Occurs = Pick<RegExp, 'test'>;

/** A pattern that is compiled with its first use. */
export const lateTest = (make: () => RegExp): Occurs => {
  const pattern = onceUsed(make);
  return { test: (text) => pattern().test(text) };
};
