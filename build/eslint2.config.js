import { defineConfig } from 'eslint/config'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { repoFolder } from './lib/paths.mjs'

const everyTypeScript = ['**/*.ts', '**/*.tsx']
const testFiles = ['**/*.test.ts', '**/*.test.tsx', 'test/**']
/** @typedef {Partial<import('eslint').Linter.RulesRecord>} Rules */

/** @type {Rules} */
const rulesThatFitUs = {
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  // Our objects are closures: nothing reads `this`, so a method may be passed on.
  '@typescript-eslint/unbound-method': 'off',
  // Constant conditions such as while (true) read well in loops that end by return.
  '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
}

/** @type {Rules} */
const sizes = {
  'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
  'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
}

/** @type {Rules} */
const habits = {
  eqeqeq: ['error', 'always', { null: 'ignore' }],
  'no-console': 'error',
  'no-eval': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'no-var': 'error',
  'no-restricted-syntax': ['error', { selector: 'ExportDefaultDeclaration', message: 'Export by name.' }],
}

export default defineConfig(
  { ignores: ['build/out/**', 'build/bench/**', 'build/release/**', 'test-results/**', 'node_modules/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  { files: [...everyTypeScript, '**/*.mjs', '**/*.js', '**/*.cjs'], rules: { ...habits, ...sizes } },
  {
    files: everyTypeScript,
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: 'build/tsconfig.lint.json', tsconfigRootDir: repoFolder } },
    rules: rulesThatFitUs,
  },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat['recommended-latest']] },
  {
    files: testFiles,
    rules: {
      'max-lines': ['error', 800],
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['build/**', 'test/**'], rules: { 'no-console': 'off' } },
  // Each tool wants its configuration as the default export.
  {
    files: ['build/**/*.config.{js,ts,mjs}', 'test/support/prepareApplication.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
