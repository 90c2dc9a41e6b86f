// build/docs/performance.md: the latest figure of each measure, a table a machine.

/** @typedef {{ measure: string, value: string, target?: string }} Figure */
/** @typedef {{ machine: string, date: string, load: string }} Circumstances */

const introduction = `# Performance

\`npm run bench\` writes here what it measured: the latest figure of each measure, a table for each machine and Electron. Two figures
say something of each other only where they come from one run, or where a yardstick was measured beside them ("bare mqtt.js" counts
messages and does nothing else). The load is that of the machine when the run began, as the system tells it: above 0.5 somebody
else was working, too.
`

const heading = '| measure | figure | target | measured |\n|---|---|---|---|'

/** A value may have any characters; a row has one line and four cells. @param {string} text */
const cell = (text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').trim()

/** @param {string} line @returns {string[]} */
const cellsOf = (line) =>
  line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((text) => text.trim())

/**
 * The rows of each machine, by its heading; each row by its measure.
 * @param {string} text @returns {Map<string, Map<string, string[]>>}
 */
const readTables = (text) => {
  const tables = new Map()
  for (const section of text.split(/^## /m).slice(1)) {
    const [machine = '', ...lines] = section.split('\n')
    const rows = lines.filter((line) => line.startsWith('|')).slice(2)
    tables.set(machine.trim(), new Map(rows.map((line) => [cellsOf(line)[0] ?? '', cellsOf(line)])))
  }
  return tables
}

/**
 * The document with these figures in the place of earlier ones of the same measure on the same machine.
 * @param {string} text the document so far, or '' @param {readonly Figure[]} figures @param {Circumstances} circumstances
 */
export const withFigures = (text, figures, { machine, date, load }) => {
  const tables = readTables(text)
  const table = tables.get(machine) ?? new Map()
  for (const { measure, value, target = '' } of figures)
    table.set(cell(measure), [cell(measure), cell(value), cell(target), `${date}, load ${load}`])
  tables.set(machine, table)
  const sections = [...tables].map(([name, rows]) =>
    [`## ${name}`, '', heading, ...[...rows.values()].map((cells) => `| ${cells.join(' | ')} |`), ''].join('\n'),
  )
  return [introduction, ...sections].join('\n')
}
