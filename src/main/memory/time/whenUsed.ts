/** Makes a function with its first call, for one whose patterns take a start longer to build than everything else of memory. */
export const whenUsed = <Given extends unknown[], Result>(make: () => (...given: Given) => Result): ((...given: Given) => Result) => {
  let made: ((...given: Given) => Result) | null = null;
  return (...given) => {
    made ??= make();
    return made(...given);
  };
};
