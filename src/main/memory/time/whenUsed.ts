/** Makes a function with its first call, for one with more patterns than a start should build. */
export const whenUsed = <Given extends unknown[], Result>(make: () => (...given: Given) => Result): ((...given: Given) => Result) => {
  let made: ((...given: Given) => Result) | null = null;
  return (...given) => {
    made ??= make();
    return made(...given);
  };
};
