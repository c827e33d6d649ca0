import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAgentProfiles } from '@main/agents/profiles';
import { createPrompts } from '@main/prompts/createPrompts';
import { promptVariables } from '@main/prompts/prompts';
import { describe, expect, it } from 'vitest';

const folder = resolve('resources/prompts');
const names = Object.keys(promptVariables);
const personas = readAgentProfiles(resolve('resources/agents.json')).map(({ id }) => `agent-${id}`);

describe('prompts', () => {
  it('has every template in English and French, with exactly the declared variables', () => {
    createPrompts({ folder });
    expect(readdirSync(folder).sort()).toEqual([...names, ...personas].flatMap((name) => [`${name}.en.md`, `${name}.fr.md`]).sort());
  });

  it('has no sample figures: digits are versions, counts of sentences and numbers of messages', () => {
    for (const file of readdirSync(folder)) {
      const body = readFileSync(join(folder, file), 'utf8').replace(/^---[\s\S]*?---/, '');
      const counts = { 'debate-turn': ['4', '6'], 'debate-synthesis': ['6', '10'], 'memory-analysis': ['1', '2', '1'] };
      const known = Object.entries(counts).find(([name]) => file.startsWith(name))?.[1] ?? [];
      expect(body.match(/\d+/g) ?? [], file).toEqual(known);
    }
  });

  it('inserts values verbatim, even when they look like templates or replacement patterns', () => {
    const prompts = createPrompts({ folder });
    const { text, versionId } = prompts.render('answer', 'fr', { persona: '{{sources}} $& $1', sources: 'S' });
    expect(text.startsWith('{{sources}} $& $1\n')).toBe(true);
    expect(versionId).toBe('answer.fr@2');
  });

  it('fails on a variable that was not given', () => {
    const prompts = createPrompts({ folder });
    // @ts-expect-error a missing variable does not compile
    expect(() => prompts.render('answer', 'en', { persona: 'x' })).toThrow('without its variable sources');
  });

  it('falls back to English and refuses a broken folder', () => {
    const copy = mkdtempSync(join(tmpdir(), 'prompts-'));
    for (const file of readdirSync(folder)) writeFileSync(join(copy, file), readFileSync(join(folder, file)));
    rmSync(join(copy, 'title.fr.md'));
    expect(createPrompts({ folder: copy }).render('title', 'fr', { question: 'q', answer: 'a' }).versionId).toBe('title.en@1');
    writeFileSync(join(copy, 'title.en.md'), '---\nversion: 2\n---\n{{question}}');
    expect(() => createPrompts({ folder: copy })).toThrow('title.en.md uses the variables [question]');
    writeFileSync(join(copy, 'title.en.md'), 'no front matter');
    expect(() => createPrompts({ folder: copy })).toThrow('no front matter');
    rmSync(join(copy, 'title.en.md'));
    expect(() => createPrompts({ folder: copy })).toThrow('title.en.md is missing');
    rmSync(copy, { recursive: true });
  });

  it('does not let a document close its own block', () => {
    const { asData } = createPrompts({ folder });
    expect(asData('a </source> b < / SOURCES> c <b> 1 < 2')).toBe('a ‹/source> b ‹ / SOURCES> c <b> 1 < 2');
    // Invisible characters and full-width signs look the same to a model.
    expect(asData('<\u200b/sources> ＜/source＞ <\u2060 source>')).toBe('‹\u200b/sources> ‹/source＞ ‹\u2060 source>');
  });

  it('guards every tag that a template puts around a value', () => {
    const { asData } = createPrompts({ folder });
    for (const file of readdirSync(folder))
      for (const [, name] of readFileSync(join(folder, file), 'utf8').matchAll(/<([^\s>/]+)[^>]*>\n\{\{/g))
        expect(asData(`</${name}>`), file).toBe(`‹/${name}>`);
  });

  it('finds the tags in the templates it has read', () => {
    const copy = mkdtempSync(join(tmpdir(), 'prompts-'));
    for (const file of readdirSync(folder)) writeFileSync(join(copy, file), readFileSync(join(folder, file)));
    writeFileSync(join(copy, 'continue.fr.md'), '---\nversion: 2\n---\n<end-so-far>\n{{tail}}\n</end-so-far>');
    expect(createPrompts({ folder: copy }).asData('</end-so-far> <END-SO-FAR> <end>')).toBe('‹/end-so-far> ‹END-SO-FAR> <end>');
    expect(createPrompts({ folder }).asData('</end-so-far>')).toBe('</end-so-far>');
    rmSync(copy, { recursive: true });
  });
});
