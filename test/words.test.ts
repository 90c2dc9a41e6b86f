import { readFileSync, readdirSync } from 'node:fs'
import { join, sep } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import { repoFolder } from '../build/lib/paths.mjs'
import { namespaces } from '../shared/i18n/namespaces'

/** What a source file says as text: its strings, and its templates as patterns. */
interface Said {
  /** A feature, or another part of the house. */
  readonly part: string
  readonly texts: ReadonlySet<string>
  readonly patterns: readonly RegExp[]
}

const partOf = (path: string) => /^renderer\/features\/[^/]+|^[^/]+\/[^/]+/.exec(path)?.[0] ?? path

const sources = ['renderer', 'electron', 'shared'].flatMap((folder) =>
  readdirSync(join(repoFolder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.|Testing\./.test(entry.name))
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(repoFolder.length + 1)
        .split(sep)
        .join('/'),
    ),
)

const escaped = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A template that begins or ends with nothing of its own would fit everything. */
const patternOf = ({ head, templateSpans }: ts.TemplateExpression): RegExp | null => {
  const parts = [head.text, ...templateSpans.map(({ literal }) => literal.text)]
  return parts.some((part) => part.includes('.')) ? new RegExp(`^${parts.map(escaped).join('.+')}$`) : null
}

const saidIn = (path: string): Said => {
  const texts = new Set<string>()
  const patterns: RegExp[] = []
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text)
    else if (ts.isIdentifier(node) && ts.isPropertyAssignment(node.parent)) texts.add(node.text)
    else if (ts.isTemplateExpression(node)) {
      const pattern = patternOf(node)
      if (pattern) patterns.push(pattern)
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile(path, readFileSync(join(repoFolder, path), 'utf8'), ts.ScriptTarget.Latest, true))
  return { part: partOf(path), texts, patterns }
}

const isMessage = (value: object) => 'en' in value && typeof value.en === 'string'

/** Every message by its dotted key. */
const keysIn = (tree: object, before = ''): readonly string[] =>
  Object.entries(tree).flatMap(([key, value]: [string, object]) =>
    isMessage(value) ? [`${before}${key}`] : keysIn(value, `${before}${key}.`),
  )

/** Their messages are named by codes that main answers with, or a schema; the window adds the namespace. */
const toldByCode = ['errors', 'remedies', 'filterProblems', 'profile.problems', 'questions', 'menu']

const createUse = (files: readonly Said[]) => {
  const parts = [...new Set(files.map(({ part }) => part))].map((part) => files.filter((file) => file.part === part))
  const says = (some: readonly Said[], text: string) =>
    some.some(({ texts, patterns }) => texts.has(text) || patterns.some((pattern) => pattern.test(text)))
  /** A part of the house says it whole, or names its namespace and says the rest. */
  return (key: string) => {
    const names = key.split('.')
    const splits = names.slice(1).map((_, at) => [names.slice(0, at + 1).join('.'), names.slice(at + 1).join('.')])
    if (says(files, key)) return true
    return splits.some(([namespace = '', rest = '']) => {
      if (toldByCode.includes(namespace)) return says(files, rest) || says(files, rest.split('.')[0] ?? rest)
      return parts.some((some) => some.some(({ texts }) => texts.has(namespace)) && says(some, rest))
    })
  }
}

it('says every message of the catalogues somewhere', () => {
  const files = sources.map(saidIn)
  const isUsed = createUse(files)
  const keys = keysIn(namespaces)
  expect(keys.length).toBeGreaterThan(1_000)
  expect(keys.filter((key) => !isUsed(key))).toEqual([])
})

it('finds a message that is said nowhere, whether it is named whole or in parts', () => {
  const said = (part: string, ...texts: string[]): Said => ({ part, texts: new Set(texts), patterns: [/^kinds\..+$/] })
  const isUsed = createUse([said('features/a', 'log', 'title'), said('features/b', 'publish', 'log.whole')])
  expect(['log.title', 'log.whole', 'log.kinds.any'].map(isUsed)).toEqual([true, true, true])
  expect(['log.other', 'publish.title', 'coverage.title'].map(isUsed)).toEqual([false, false, false])
})
