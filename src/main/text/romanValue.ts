const digits: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50, C: 100 };

/** The value of Roman digits up to C in capitals; a smaller one before a larger one is subtracted. */
export const romanValue = (text: string): number =>
  [...text].reduce((sum, letter, index, all) => {
    const value = digits[letter] ?? 0;
    return sum + (value < (digits[all[index + 1] ?? ''] ?? 0) ? -value : value);
  }, 0);
