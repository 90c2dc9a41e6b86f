import { diffLines } from 'diff'
import { decodeUtf8 } from '#shared/mqtt/utf8'
import { jsonDifference, type JsonDifference } from '../../../decode/json/jsonDifference'
import { viewFor } from '../../../decode/payloadViews'
import { lineCut } from '../../../decode/textLines'
import type { MessageView } from '../../../model/messageLog/messageLogChunk'
import { sameBytes } from '../sameBytes'

export interface DifferenceLine {
  readonly sign: '+' | '-' | ' '
  readonly text: string
  /** It goes on in the next one: only its length made a cut needed. */
  readonly continues: boolean
}

export type Difference =
  | { readonly kind: 'identical' }
  /** The bytes differ, but in the view that fits both they read the same: JSON that is laid out differently. */
  | { readonly kind: 'whiteSpaceOnly' }
  | { readonly kind: 'tooLarge' }
  /** Both are too large to be here whole: as long as each other, and their heads are equal. */
  | { readonly kind: 'sameHeads' }
  | { readonly kind: 'tooDifferent' }
  | {
      readonly kind: 'lines'
      readonly lines: readonly DifferenceLine[]
      readonly added: number
      readonly removed: number
    }

type Comparable = Pick<MessageView, 'payload' | 'payloadBytes'>

const limitBytes = 200 * 1_024
/**
 * Lines added and removed. The time grows with their square; past this it is more honest to say so. A limit of time would
 * depend on what else the computer does.
 */
const mostChangedLines = 400

/** What changed from one payload to the next, line by line. */
export const differenceOf = (previous: Uint8Array, current: Uint8Array): Difference => {
  if (sameBytes(previous, current)) return { kind: 'identical' }
  if (Math.max(previous.length, current.length) > limitBytes) return { kind: 'tooLarge' }
  const [before, after] = comparable(previous, current)
  if (before === after) return { kind: 'whiteSpaceOnly' }
  // A last line without its line feed would count as changed when something is added below it.
  const changes = diffLines(`${before}\n`, `${after}\n`, { maxEditLength: mostChangedLines })
  if (!changes) return { kind: 'tooDifferent' }
  const lines = changes.flatMap(({ value, added, removed }) => {
    const sign = added ? '+' : removed ? '-' : ' '
    return linesOf(value).flatMap((text) => partsOf(text, sign))
  })
  const count = (wanted: DifferenceLine['sign']) =>
    lines.filter(({ sign, continues }) => sign === wanted && !continues).length
  return { kind: 'lines', lines, added: count('+'), removed: count('-') }
}

/** The same where only the heads of one or both are here. */
export const differenceOfHeads = (previous: Comparable, current: Comparable): Difference => {
  const areAlike = previous.payloadBytes === current.payloadBytes && sameBytes(previous.payload, current.payload)
  return { kind: areAlike ? 'sameHeads' : 'tooLarge' }
}

/**
 * What changed value by value, where both are JSON and nothing else; null = they are not. Takes as long as both are:
 * `differenceOf` says which are too large.
 */
export const valueDifferenceOf = (previous: Uint8Array, current: Uint8Array): readonly JsonDifference[] | null => {
  const bothAre = viewFor(whole(previous), whole(current)).id === 'json'
  return bothAre ? jsonDifference(decodeUtf8(previous), decodeUtf8(current)) : null
}

const whole = (bytes: Uint8Array) => ({ bytes, payloadBytes: bytes.length, isCut: false })

/** Both payloads as texts that can be compared line by line, in the view that fits both. */
const comparable = (previous: Uint8Array, current: Uint8Array): readonly [string, string] => {
  const view = viewFor(whole(previous), whole(current))
  const textOf = (bytes: Uint8Array) => view.open(whole(bytes)).content().comparedText()
  return [textOf(previous), textOf(current)]
}

const linesOf = (value: string): string[] => (value.endsWith('\n') ? value.slice(0, -1) : value).split('\n')

/** A line in parts that are quick to draw; `continues` in all but the last. */
const partsOf = (text: string, sign: DifferenceLine['sign']): DifferenceLine[] => {
  const parts: DifferenceLine[] = []
  let start = 0
  for (let cut = lineCut(text, 0, text.length); cut < text.length; cut = lineCut(text, start, text.length)) {
    parts.push({ sign, text: text.slice(start, cut), continues: true })
    start = cut
  }
  return [...parts, { sign, text: text.slice(start), continues: false }]
}
