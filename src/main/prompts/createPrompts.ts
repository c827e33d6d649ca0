import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PromptName, type Prompts, promptVariables } from './prompts';

interface Template {
  version: string;
  body: string;
}

const fileName = /^(?<name>[a-z-]+)\.(?<language>en|fr)\.md$/;
/** The beginning of a tag in a template, with its name. */
const tagStart = /<\/?([a-z][a-z-]*)(?=[\s>])/g;
const placeholder = /\{\{([a-z]+)\}\}/g;

/** Splits a file into its version (front matter `version:`) and its body. Throws when the front matter is missing. */
const parseTemplate = (file: string, content: string): Template => {
  const match = /^---\n(?<head>[\s\S]*?)\n---\n(?<body>[\s\S]*)$/.exec(content.replaceAll('\r\n', '\n'));
  const version = /^version:\s*(\S+)\s*$/m.exec(match?.groups?.head ?? '')?.[1];
  if (!match?.groups || !version) throw new Error(`Prompt template ${file} has no front matter with a version.`);
  return { version, body: (match.groups.body ?? '').trim() };
};

const isDeclared = (name: string): name is keyof typeof promptVariables => Object.hasOwn(promptVariables, name);

/** Throws unless the template uses exactly the variables that `promptVariables` declares for it. */
const checkVariables = (file: string, name: PromptName, body: string): void => {
  const used = [...new Set([...body.matchAll(placeholder)].map((match) => match[1] ?? ''))].sort().join();
  const declared = isDeclared(name) ? [...promptVariables[name]].sort().join() : '';
  if (used !== declared) throw new Error(`Prompt template ${file} uses the variables [${used}] but [${declared}] are declared.`);
};

/**
 * Matches the angle bracket before the name of a tag that the templates use, in any case, with blanks or invisible characters around
 * the slash, and in full width, which a model reads the same.
 */
const dataTagOf = (templates: Iterable<Template>): RegExp => {
  const names = new Set([...templates].flatMap(({ body }) => Array.from(body.matchAll(tagStart), ([, name]) => name)));
  return names.size === 0 ? /$^/ : new RegExp(`[<＜](?=[\\s\\p{Cf}]{0,20}[/／]?[\\s\\p{Cf}]{0,20}(?:${[...names].join('|')})\\b)`, 'giu');
};

const isPromptName = (name: string): name is PromptName => isDeclared(name) || name.startsWith('agent-');

/**
 * Reads and checks every template of the folder once, so that a wrong or missing one fails at the start and not half-way through an
 * answer.
 */
export const createPrompts = ({ folder }: { folder: string }): Prompts => {
  const templates = new Map<string, Template>();
  for (const file of readdirSync(folder)) {
    const { name, language } = fileName.exec(file)?.groups ?? {};
    if (!name || !language) continue;
    if (!isPromptName(name)) throw new Error(`Prompt template ${file} is not declared in promptVariables.`);
    const template = parseTemplate(file, readFileSync(join(folder, file), 'utf8'));
    checkVariables(file, name, template.body);
    templates.set(`${name}.${language}`, template);
  }
  for (const name of Object.keys(promptVariables)) {
    if (!templates.has(`${name}.en`)) throw new Error(`Prompt template ${name}.en.md is missing.`);
  }
  const dataTag = dataTagOf(templates.values());
  return {
    asData: (text) => text.toWellFormed().replace(dataTag, '‹'),
    render: (name, language, values) => {
      const used = templates.has(`${name}.${language}`) ? language : 'en';
      const template = templates.get(`${name}.${used}`);
      if (!template) throw new Error(`Prompt template ${name} is missing.`);
      const given: Record<string, string> = values;
      const text = template.body.replace(placeholder, (_, variable: string) => {
        const value = given[variable];
        if (value === undefined) throw new Error(`Prompt ${name} was rendered without its variable ${variable}.`);
        return value;
      });
      return { text, versionId: `${name}.${used}@${template.version}` };
    },
  };
};
