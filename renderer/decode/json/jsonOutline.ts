import type { JsonPath } from '#shared/json/jsonPath'
import type { Lines } from '../lines'

/** One step of the way to a value: the key as it is written, quotes and escapes included, or the place in an array. */
export type JsonStep =
  | { readonly kind: 'key'; readonly key: string; /** How many equal keys stand before it. */ readonly earlier: number }
  | { readonly kind: 'item'; readonly index: number }

/** What holds what in JSON that is laid out one value a line. Lines are numbered as in the view. */
export interface JsonOutline {
  /** Lines that open an object or an array with something in it. */
  readonly openings: readonly number[]
  /** The line that closes what this one opens; undefined = it opens nothing. */
  closingOf(line: number): number | undefined
  /** The line that opens what this one stands in; -1 = nothing is around it. */
  openingAround(line: number): number
  /** How many values what the line opens has, at the first level. */
  childCount(line: number): number
  /** The way from the whole to the value of the line; a closing line has that of what it closes. */
  stepsTo(line: number): readonly JsonStep[]
  /** The line that opens, or is, the value at the end of the way. */
  lineAt(steps: readonly JsonStep[]): number | undefined
  /** The value of the line as it is laid out, without its key and the comma behind it. */
  valueText(line: number): string
}

/** A line that was cut for display has its key in the first piece, and its bracket in the last one. */
interface WholeLine {
  readonly first: number
  readonly last: number
}

/** Of lines as `prettyJson` lays them out. Costs a look at every line. */
export const createJsonOutline = (lines: Lines): JsonOutline => {
  const { openings, closings, around } = bracketsOf(lines)
  const closingOf = (line: number) => closings.get(line)
  const wholeLine = (line: number): WholeLine => {
    let [first, last] = [line, line]
    while (first > 0 && lines.at(first - 1).continues) first -= 1
    while (lines.at(last).continues) last += 1
    return { first, last }
  }
  function* childrenOf(line: number): Generator<WholeLine> {
    const end = closingOf(line) ?? line
    for (let at = line + 1; at < end;) {
      const child = wholeLine(at)
      yield child
      at = (closingOf(child.last) ?? child.last) + 1
    }
  }
  const textOf = ({ first, last }: WholeLine) => {
    let text = ''
    for (let line = first; line <= last; line += 1) text += lines.at(line).text
    return text
  }
  const keyOf = (child: WholeLine) => keyPattern.exec(textOf(child))?.[1] ?? ''
  const isArray = (line: number) => lines.at(line).text.endsWith('[')
  const valueLine = (line: number): WholeLine => {
    const opening = isClosing(lines, line) ? openingOf(around, closings, line) : line
    return wholeLine(opening)
  }
  const stepTo = (child: WholeLine, opening: number): JsonStep => {
    if (isArray(opening)) {
      let index = 0
      for (const { first } of childrenOf(opening)) {
        if (first === child.first) break
        index += 1
      }
      return { kind: 'item', index }
    }
    const key = keyOf(child)
    let earlier = 0
    for (const other of childrenOf(opening)) {
      if (other.first === child.first) break
      if (keyOf(other) === key) earlier += 1
    }
    return { kind: 'key', key, earlier }
  }
  const childAt = (opening: number, step: JsonStep): WholeLine | undefined => {
    if (isArray(opening) !== (step.kind === 'item')) return undefined
    let left = step.kind === 'item' ? step.index : step.earlier
    for (const child of childrenOf(opening)) {
      if (step.kind === 'key' && keyOf(child) !== step.key) continue
      if (left === 0) return child
      left -= 1
    }
    return undefined
  }
  return {
    openings,
    closingOf,
    openingAround: (line) => around[line] ?? -1,
    childCount: (line) => {
      let count = 0
      for (const _ of childrenOf(line)) count += 1
      return count
    },
    stepsTo: (line) => {
      const steps: JsonStep[] = []
      for (let child = valueLine(line); ;) {
        const opening = around[child.first] ?? -1
        if (opening < 0) return steps.toReversed()
        steps.push(stepTo(child, opening))
        child = wholeLine(opening)
      }
    },
    lineAt: (steps) => {
      let line = openings[0] ?? 0
      for (const step of steps) {
        const child = closingOf(line) === undefined ? undefined : childAt(line, step)
        if (!child) return undefined
        line = child.last
      }
      return line
    },
    valueText: (line) => {
      const whole = valueLine(line)
      const closing = closingOf(whole.last)
      const head = textOf(whole).trimStart()
      const value =
        (around[whole.first] ?? -1) >= 0 && !isArray(around[whole.first] ?? -1) ? head.slice(keyLength(head)) : head
      if (closing === undefined) return value.replace(/,$/, '')
      const indent = /^ */.exec(lines.at(whole.first).text)?.[0].length ?? 0
      const inner = logicalLines(lines, whole.last + 1, closing).map((text) => dedented(text, indent))
      return [value, ...inner].join('\n').replace(/,$/, '')
    },
  }
}

/** The steps as a path, which says nothing of equal keys. */
export const jsonPathTo = (steps: readonly JsonStep[]): JsonPath =>
  steps.map((step) => (step.kind === 'item' ? step.index : String(JSON.parse(step.key))))

const keyPattern = /^\s*("(?:[^"\\]|\\.)*")\s*: /

const keyLength = (text: string) => keyPattern.exec(text)?.[0].length ?? 0

const opensLine = (text: string) => text.endsWith('{') || text.endsWith('[')

const closesLine = (text: string) => /^\s*[}\]]/.test(text)

const isClosing = (lines: Lines, line: number) =>
  closesLine(lines.at(line).text) && (line === 0 || !lines.at(line - 1).continues)

const openingOf = (around: Int32Array, closings: ReadonlyMap<number, number>, line: number): number => {
  const opening = around[line] ?? -1
  return closings.get(opening) === line ? opening : line
}

/** Which line closes which, and which one is around each. The piece of a cut string opens and closes nothing. */
const bracketsOf = (lines: Lines) => {
  const closings = new Map<number, number>()
  const around = new Int32Array(lines.count)
  const open: number[] = []
  let isPiece = false
  for (let line = 0; line < lines.count; line += 1) {
    const { text, continues } = lines.at(line)
    around[line] = open.at(-1) ?? -1
    if (!isPiece && closesLine(text)) {
      const opening = open.pop()
      if (opening !== undefined) closings.set(opening, line)
    }
    if (!continues && opensLine(text)) open.push(line)
    isPiece = continues
  }
  return { closings, around, openings: [...closings.keys()].toSorted((one, other) => one - other) }
}

const logicalLines = (lines: Lines, from: number, to: number): readonly string[] => {
  const texts: string[] = []
  let text = ''
  for (let line = from; line <= to; line += 1) {
    const piece = lines.at(line)
    text += piece.text
    if (piece.continues) continue
    texts.push(text)
    text = ''
  }
  return texts
}

const dedented = (text: string, indent: number) => (text.slice(0, indent).trim() === '' ? text.slice(indent) : text)
