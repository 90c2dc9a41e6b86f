import { readFile } from 'node:fs/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { inRepo } from '../../build/lib/paths.mjs'
import { report } from './results'

const page = inRepo('build', 'out', 'renderer')

/** Files that a script names behind `import` or `from`: it does not begin before they are there. */
const importedBy = (code: string) =>
  [...code.matchAll(/(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)].map(([, file = '']) => `assets/${file}`)

test('the scripts that the page needs before it draws anything', async () => {
  const html = await readFile(`${page}/index.html`, 'utf8')
  const files = new Set([...html.matchAll(/<script[^>]+src="\.\/([^"]+)"/g)].map(([, file = '']) => file))
  expect(files.size).toBeGreaterThan(0)
  let bytes = 0
  let compressed = 0
  for (const file of files) {
    const code = await readFile(`${page}/${file}`)
    bytes += code.length
    compressed += gzipSync(code).length
    for (const needed of importedBy(code.toString('utf8'))) files.add(needed)
  }
  report({
    measure: `the page's first scripts, ${files.size} files`,
    value: `${Math.round(bytes / 1_000)} kB, ${Math.round(compressed / 1_000)} kB with gzip`,
    raw: { files: files.size, bytes, compressed },
  })
})
