import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repoFolder } from '../build/lib/paths.mjs'

const renderer = join(repoFolder, 'renderer')
const tokensPath = join('ui', 'tokens.css')

const filesEnding = (...endings: readonly string[]) =>
  (readdirSync(renderer, { recursive: true }) as string[]).filter(
    (path) => endings.some((ending) => path.endsWith(ending)) && !/\.test\./.test(path),
  )

const withoutComments = (css: string) => css.replace(/\/\*[\s\S]*?\*\//g, '')
const read = (path: string) => withoutComments(readFileSync(join(renderer, path), 'utf8'))

interface Declaration {
  readonly path: string
  readonly property: string
  readonly value: string
}

const declarationsIn = (path: string): readonly Declaration[] =>
  [...read(path).matchAll(/(?<=[;{}]\s*)([a-z-]+):\s*([^;{}]+);/g)].map(([, property = '', value = '']) => ({
    path,
    property,
    value: value.replace(/\s+/g, ' '),
  }))

const styleSheets = filesEnding('.css').filter((path) => path !== tokensPath)
const declarations = styleSheets.flatMap(declarationsIn)

const strays = (property: RegExp, allowed: RegExp) =>
  declarations
    .filter((one) => property.test(one.property) && !allowed.test(one.value))
    .map((one) => `${one.path}: ${one.property}: ${one.value}`)

it('finds what it looks at', () => {
  expect(styleSheets.length).toBeGreaterThan(30)
  expect(declarations.filter(({ property }) => property === 'border-radius').length).toBeGreaterThan(50)
})

it('sizes of type are those of the scale', () => {
  // 0 hides a label that stands in an accessible name; em is a sign inside a text of any size.
  expect(strays(/^font-size$/, /^(var\(--text[a-z-]*\)|inherit|0|0\.9em)$/)).toEqual([])
  expect(
    strays(
      /^font$/,
      /^(inherit|(500 )?var\(--mono\)|var\(--text[a-z-]*\) \/ var\(--(line|line-small|row)\) var\(--font-(ui|mono)\))$/,
    ),
  ).toEqual([])
  expect(strays(/^font-family$/, /^(inherit|var\(--font-(ui|mono)\))$/)).toEqual([])
})

it('corners are those of the tokens, or round', () => {
  expect(
    strays(/^border-.*radius$/, /^(0|50%|inherit|(var\(--radius[a-z-]*\)|0)( (var\(--radius[a-z-]*\)|0))*)$/),
  ).toEqual([])
})

it('gaps are steps of the grid', () => {
  expect(strays(/gap$/, /^((0|1px|var\(--space-[1-6]\)) ?)+$/)).toEqual([])
})

it('colours stand in the tokens alone', () => {
  const ownColour =
    /#[0-9a-f]{3,8}\b|\b(rgb|rgba|hsl|hsla|oklch|lab)\(|\b(white|black|red|green|blue|gr[ae]y|orange|yellow)\b/i
  const inStyles = declarations.filter(({ value }) => ownColour.test(value.replace(/var\([^)]*\)/g, '')))
  // A drawing in a file stands on paper, whatever the theme is.
  const onPaper = 'features/charts/export/chartSvg.ts'
  const inCode = filesEnding('.tsx', '.ts').filter(
    (path) => path !== onPaper && /['"`](#[0-9a-f]{6}|rgba?\()/i.test(read(path)),
  )
  expect([...inStyles.map(({ path, value }) => `${path}: ${value}`), ...inCode]).toEqual([])
})

it('every token that is used exists, and every token is used', () => {
  const defined = new Set([...read(tokensPath).matchAll(/(--[a-z0-9-]+):/g)].map(([, name]) => name))
  const text = filesEnding('.css', '.tsx', '.ts').map(read).join('\n')
  const used = new Set([...text.matchAll(/var\((--[a-z0-9-]+)/g)].map(([, name]) => name))
  // What a part sets for itself, in its styles or on its element; those of columns have the name of a column or of a width.
  const own = new Set([...text.matchAll(/(--[a-z0-9-]+)['"`]?\]?:/g)].map(([, name]) => name))
  const isOwn = (name: string) => own.has(name) || /^--(columns|width|grow|tried)-/.test(name)
  expect([...used].filter((name = '') => !defined.has(name) && !isOwn(name))).toEqual([])
  expect([...defined].filter((name) => !used.has(name))).toEqual([])
})

it('what moves stands still for those who ask for less motion', () => {
  const still = /@media \(prefers-reduced-motion: reduce\) \{\s*\*,\s*\*::before,\s*\*::after \{([^}]*)\}/.exec(
    read(join('ui', 'base.css')),
  )
  expect(still?.[1]).toMatch(/transition: none !important;\s*animation: none !important/)
  // An important declaration would win over that rule, and motion made in code would not know of it.
  const important = declarations.filter(
    ({ path, property, value }) =>
      /^(animation|transition)/.test(property) && /!important/.test(value) && path !== join('ui', 'base.css'),
  )
  const inCode = filesEnding('.tsx', '.ts').filter((path) =>
    /\.animate\(|behavior: *'smooth'|startViewTransition/.test(read(path)),
  )
  expect([...important, ...inCode]).toEqual([])
})

type Tokens = ReadonlyMap<string, string>

const tokensOf = (...selectors: readonly string[]): Tokens => {
  const blocks = [...read(tokensPath).matchAll(/([^{}]+)\{([^}]*)\}/g)]
  const taken = blocks.filter(([, names = '']) => names.split(',').some((name) => selectors.includes(name.trim())))
  return new Map(
    taken.flatMap(([, , body = '']) =>
      [...body.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value] as const),
    ),
  )
}

const light = [':root', ":root[data-theme='light']"]
const dark = [...light, ":root[data-theme='dark']"]
const themes = {
  light: tokensOf(...light),
  dark: tokensOf(...dark),
  'light, high contrast': tokensOf(...light, ":root[data-contrast='high']"),
  'dark, high contrast': tokensOf(
    ...dark,
    ":root[data-contrast='high']",
    ":root[data-contrast='high'][data-theme='dark']",
  ),
}

/** WCAG 2.2, relative luminance. */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const contrastOf = (one: string, other: string): number => {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

const surfaces = ['surface', 'surface-raised', 'surface-sunken', 'surface-hover', 'surface-selected']
const inks = ['ink', 'ink-soft', 'ink-faint']
const roles = ['accent', 'danger', 'warning', 'success']
const colours = ['blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink', 'lime'].map((name) => `colour-${name}`)

const tooFaint = (theme: Tokens, { on, of, least }: { on: readonly string[]; of: readonly string[]; least: number }) =>
  on.flatMap((back) =>
    of
      .map((front) => ({
        pair: `${front} on ${back}`,
        contrast: contrastOf(theme.get(front) ?? '', theme.get(back) ?? ''),
      }))
      .filter(({ contrast }) => !(contrast >= least))
      .map(({ pair, contrast }) => `${pair}: ${contrast.toFixed(2)}`),
  )

it.each(['light', 'dark'] as const)('what is read has a contrast of 4.5 in the theme %s', (name) => {
  expect(tooFaint(themes[name], { on: surfaces, of: [...inks, ...roles], least: 4.5 })).toEqual([])
})

it.each(['light, high contrast', 'dark, high contrast'] as const)(
  'what is read has a contrast of 7 in the theme %s',
  (name) => {
    expect(tooFaint(themes[name], { on: surfaces, of: [...inks, ...roles, ...colours], least: 7 })).toEqual([])
    expect(
      tooFaint(themes[name], { on: ['surface', 'surface-sunken'], of: ['border', 'border-strong'], least: 3 }),
    ).toEqual([])
    expect(tooFaint(themes[name], { on: ['accent'], of: ['accent-ink'], least: 7 })).toEqual([])
  },
)
