/** A name of a program: words joined by underscores, or by capitals within. */
const identifier = /[\p{L}_$][\p{L}\p{N}_$]*(?:_|\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll})[\p{L}\p{N}_$]*/gu;
/** Between a small and a capital letter, or before the last of several capitals: "parse|HTTP|Response". */
const seams = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})|[_$]+/u;
/** A passage has few names; a longer list comes from data. */
const mostNames = 400;

/**
 * The other spellings of the names in a passage of code, each name once: its parts where it joins words by capitals, one word where it
 * joins them by underscores. So `getUserName` is found by "user name", and `get_user_name` by "getUserName".
 */
export const identifierParts = (text: string): string => {
  const names = new Set(text.match(identifier));
  const spellings: string[] = [];
  for (const name of [...names].slice(0, mostNames)) {
    const parts = name.split(seams).filter(Boolean);
    if (parts.length < 2) continue;
    spellings.push(/[_$]/.test(name) ? `${parts.join('')} ${parts.join(' ')}` : parts.join(' '));
  }
  return spellings.join('\n');
};
