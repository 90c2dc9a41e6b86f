import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { inRepo } from '../../build/lib/paths.mjs'

const resultsFile = inRepo('build', 'bench', 'results.json')

export interface Figure {
  readonly measure: string
  readonly value: string
  /** Where the project has set itself one. */
  readonly target?: string
  /** Numbers behind the text. */
  readonly raw: Readonly<Record<string, number>>
}

const readFigures = (): Figure[] =>
  existsSync(resultsFile) ? (JSON.parse(readFileSync(resultsFile, 'utf8')) as Figure[]) : []

/** Adds a figure to the table of this run. */
export const report = (figure: Figure): void => {
  mkdirSync(dirname(resultsFile), { recursive: true })
  writeFileSync(resultsFile, `${JSON.stringify([...readFigures(), figure], null, 2)}\n`)
  console.log(`${figure.measure}: ${figure.value}${figure.target ? ` (target ${figure.target})` : ''}`)
}
