// A warning about a token among the arguments of `npm start`. It is passed on in the environment, which only its person can read.
export const visibleTokenWarning =
  'Everybody on this machine can read the arguments of a program: give the token as EMERGENCE_TOKEN instead of --token.';

/**
 * Takes `--token T` and `--token=T` out of the flags; the last one counts. One without a value is left for the program to refuse.
 */
export const takeToken = (flags) => {
  const passed = [];
  let token = null;
  for (let index = 0; index < flags.length; index += 1) {
    const flag = flags[index];
    const next = flags[index + 1];
    if (flag.startsWith('--token=') && flag.length > '--token='.length) token = flag.slice('--token='.length);
    else if (flag === '--token' && next !== undefined && !next.startsWith('-')) {
      token = next;
      index += 1;
    } else passed.push(flag);
  }
  return { passed, token };
};
