import { noFence, readFence } from './fences';
import { mayPause, type Steps } from './steps';

/** `[name]: address`; a footnote's text where the name begins with `^`. */
const definitionLine = /^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*(\S[^\n]*)$/;
const address = /^<?(?:[a-z][a-z0-9+.-]*:|\/|\.{1,2}\/|#|www\.|[^\s/]+\.[a-z]{2,}(?:[/?#]|$))/i;
/**
 * The definition of a link's address or of a footnote in a line; null without one. A number needs an address: `[1]: as it says` is
 * a citation.
 */
export const definitionOf = (line: string): { name: string; footnote: boolean } | null => {
  const [, name, rest] = definitionLine.exec(line) ?? [];
  if (name === undefined || rest === undefined) return null;
  if (name.startsWith('^')) return name.length > 1 && !/\s/.test(name) ? { name: name.toLowerCase(), footnote: true } : null;
  const target = /^(?:<[^<>]*>|\S+)/.exec(rest)?.[0] ?? '';
  const after = rest.slice(target.length).trim();
  if (after !== '' && !/^(?:"[^"]*"|'[^']*'|\([^()]*\))$/.test(after)) return null;
  return /^\d+$/.test(name) && !address.test(target) ? null : { name: name.toLowerCase(), footnote: false };
};

/** The names for which a text defines an address, in lower case. Code defines none. */
export function* readNames(text: string): Steps<Set<string>> {
  const names = new Set<string>();
  if (!text.includes(']:')) return names;
  const pause = mayPause();
  let code = noFence;
  for (let at = 0; at <= text.length; ) {
    const newline = text.indexOf('\n', at);
    const line = text.slice(at, newline < 0 ? text.length : newline);
    code = readFence(code, line);
    const found = code.line === 'outside' ? definitionOf(line) : null;
    if (found && !found.footnote) names.add(found.name);
    at += line.length + 1;
    if (pause(line.length)) yield;
  }
  return names;
}
