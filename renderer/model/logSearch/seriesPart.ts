import { timeAt, type MessageChunk } from '../messageLog/messageLogChunk'
import type { FoundValue } from './fieldTest'
import { createRowColumn } from './rowColumn'
import type { SeriesPart } from './searchProtocol'
import { writtenNumber } from './writtenNumber'

/** In the order of the numbers that parts of a series say them with. */
const fieldKinds: readonly FoundValue['kind'][] = ['number', 'text', 'word', 'container']

/** Gathers the values of a series. */
export interface GatheredPart {
  add(chunk: MessageChunk, index: number, value: FoundValue | null): void
  /** What was added since it was last asked; null = nothing. */
  take(): SeriesPart | null
}

/** Characters of one value that are told. */
const longestText = 4_096

export const createSeriesPart = (): GatheredPart => {
  const rows = createRowColumn()
  const times = createRowColumn()
  const numbers = createRowColumn()
  let kinds: number[] = []
  let texts: string[] = []
  let skipped = 0
  return {
    add: (chunk, index, value) => {
      if (!value) {
        skipped += 1
        return
      }
      rows.push(chunk.firstRow + index)
      times.push(timeAt(chunk, index))
      numbers.push(numberIn(value))
      kinds.push(fieldKinds.indexOf(value.kind))
      texts.push(value.text.slice(0, longestText))
    },
    take: () => {
      if (texts.length === 0 && skipped === 0) return null
      const part: SeriesPart = {
        rows: rows.take(),
        times: times.take(),
        numbers: numbers.take(),
        kinds: Uint8Array.from(kinds),
        texts,
        skipped,
      }
      kinds = []
      texts = []
      skipped = 0
      return part
    },
  }
}

const numberIn = ({ kind, text }: FoundValue): number => {
  if (kind === 'number') return Number(text)
  return kind === 'text' ? writtenNumber(text) : NaN
}
