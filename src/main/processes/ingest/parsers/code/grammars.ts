import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A programming language whose files are split by definition. */
export interface Grammar {
  /** The endings of its files. */
  endings: string;
  /** The package that ships the grammar, and the name of its file there. */
  file: `${'vscode' | 'wasms'}/${string}`;
  /** The types of the nodes that define something, as the grammar names them. */
  definitions: string;
}

const classes = 'class_declaration interface_declaration enum_declaration';
const script = `function_declaration generator_function_declaration method_definition lexical_declaration ${classes}`;
const types = 'abstract_class_declaration type_alias_declaration internal_module module public_field_definition';
const native = 'function_definition struct_specifier union_specifier enum_specifier type_definition preproc_function_def';

/**
 * The grammars, all in WebAssembly: those of VS Code where it has them, and others from a collection that its engine loads too. An
 * ending that is not here is split by lines.
 */
export const grammars: readonly Grammar[] = [
  { endings: 'sh bash zsh ksh', file: 'vscode/bash', definitions: 'function_definition' },
  { endings: 'c', file: 'wasms/c', definitions: native },
  {
    endings: 'h cpp cc cxx hpp hh hxx ino cu',
    file: 'vscode/cpp',
    definitions: `${native} class_specifier namespace_definition alias_declaration concept_definition`,
  },
  {
    endings: 'cs',
    file: 'vscode/c-sharp',
    definitions: `${classes} struct_declaration record_declaration namespace_declaration method_declaration constructor_declaration property_declaration delegate_declaration operator_declaration`,
  },
  { endings: 'css', file: 'vscode/css', definitions: 'rule_set media_statement keyframes_statement supports_statement' },
  {
    endings: 'dart',
    file: 'wasms/dart',
    definitions: `class_definition enum_declaration mixin_declaration extension_declaration function_signature method_signature type_alias`,
  },
  { endings: 'ex exs', file: 'wasms/elixir', definitions: 'call' },
  { endings: 'go', file: 'vscode/go', definitions: 'function_declaration method_declaration type_spec type_alias' },
  {
    endings: 'java',
    file: 'vscode/java',
    definitions: `${classes} record_declaration annotation_type_declaration method_declaration constructor_declaration compact_constructor_declaration`,
  },
  { endings: 'js mjs cjs jsx', file: 'vscode/javascript', definitions: script },
  {
    endings: 'kt kts',
    file: 'wasms/kotlin',
    definitions: 'class_declaration object_declaration companion_object function_declaration secondary_constructor type_alias',
  },
  { endings: 'lua', file: 'wasms/lua', definitions: 'function_definition_statement local_function_definition_statement' },
  {
    endings: 'php',
    file: 'vscode/php',
    definitions: `${classes} trait_declaration namespace_definition function_definition method_declaration`,
  },
  {
    endings: 'ps1 psm1',
    file: 'vscode/powershell',
    definitions: 'function_statement class_statement class_method_definition enum_statement',
  },
  { endings: 'py pyi pyw', file: 'vscode/python', definitions: 'function_definition class_definition' },
  { endings: 'rb rake', file: 'vscode/ruby', definitions: 'module class method singleton_method' },
  {
    endings: 'rs',
    file: 'vscode/rust',
    definitions: 'function_item struct_item enum_item union_item impl_item trait_item mod_item macro_definition type_item',
  },
  {
    endings: 'scala sc',
    file: 'wasms/scala',
    definitions:
      'class_definition object_definition trait_definition enum_definition function_definition function_declaration type_definition',
  },
  {
    endings: 'swift',
    file: 'wasms/swift',
    definitions:
      'class_declaration protocol_declaration function_declaration protocol_function_declaration init_declaration typealias_declaration',
  },
  { endings: 'tsx', file: 'vscode/tsx', definitions: `${script} ${types}` },
  { endings: 'ts mts cts', file: 'vscode/typescript', definitions: `${script} ${types}` },
  { endings: 'zig', file: 'wasms/zig', definitions: 'function_declaration test_declaration variable_declaration' },
];

const byEnding = new Map(grammars.flatMap((grammar) => grammar.endings.split(' ').map((ending) => [ending, grammar] as const)));

/** The grammar for files of an ending; null where there is none. */
export const grammarOf = (ending: string): Grammar | null => byEnding.get(ending) ?? null;

/** The path of a grammar's file. */
export const grammarPath = ({ file }: Grammar): string => {
  const require = createRequire(import.meta.url);
  const [from, name = ''] = file.split('/');
  return from === 'vscode'
    ? join(dirname(require.resolve('@vscode/tree-sitter-wasm')), `tree-sitter-${name}.wasm`)
    : join(dirname(require.resolve('tree-sitter-wasms/package.json')), 'out', `tree-sitter-${name}.wasm`);
};
