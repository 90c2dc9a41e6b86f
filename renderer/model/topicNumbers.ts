import { unnumberedTopic, recordBytes, type Frame } from '#shared/model/frame'
import { recordOffset } from '#shared/model/frameReader'

/** The main process's numbers of a connection's topics: those it still uses, with their names. */
export interface MainTopics {
  /** Takes in the names a frame brings. */
  learn(frame: Frame): void
  /** The lowest number in use. */
  from(): number
  nameOf(number: number): string | undefined
}

export const createMainTopics = (): MainTopics => {
  let names: string[] = []
  let from = 0
  return {
    learn: ({ topicsFrom, firstTopicId, newTopics }) => {
      if (topicsFrom !== from) {
        names = []
        from = topicsFrom
      }
      newTopics.forEach((topic, index) => (names[firstTopicId + index - from] = topic))
    },
    from: () => from,
    nameOf: (number) => names[number - from],
  }
}

/**
 * The numbers a model gives its topics: log, tree and traffic know topics by these. The main process may forget its
 * numbers and give a topic another one; here it has one for as long as something holds on to it.
 */
export interface TopicNumbers {
  /** By number; a hole where a number is free. */
  readonly names: readonly (string | undefined)[]
  /** The frame with this model's numbers; the main process's names must have been learnt. */
  translated(frame: Frame): Frame
  /** Everything but the log has let its topics go: numbers that it does not use become free. */
  release(usedByLog: ReadonlySet<number>): void
}

export interface TopicNumbersParts {
  readonly main: MainTopics
  /** The number of a topic that the tree knows; undefined = it does not. */
  readonly numberInTree: (topic: string) => number | undefined
  /** A number that was free means another topic now. */
  readonly onReuse: (number: number, topic: string) => void
}

export const createTopicNumbers = ({ main, numberInTree, onReuse }: TopicNumbersParts): TopicNumbers => {
  const names: (string | undefined)[] = []
  /** By the main process's numbers, from `mainFrom` on. */
  let own: (number | undefined)[] = []
  let mainFrom = 0
  let free: number[] = []
  /** Topics of before that only the log holds on to. */
  let inLog = new Map<string, number>()
  /** Topics have numbers that the main process gives anew: each new one may be one of them. */
  let mayBeKnown = false

  const giveNumber = (name: string): number => {
    const reused = free.pop()
    const number = reused ?? names.length
    names[number] = name
    if (reused !== undefined) onReuse(number, name)
    return number
  }
  const numberOf = (mainNumber: number): number => {
    const known = own[mainNumber - mainFrom]
    if (known !== undefined) return known
    const name = main.nameOf(mainNumber) ?? ''
    const number = (mayBeKnown ? (inLog.get(name) ?? numberInTree(name)) : undefined) ?? giveNumber(name)
    own[mainNumber - mainFrom] = number
    return number
  }
  const startOver = () => {
    own = []
    mainFrom = main.from()
    mayBeKnown = names.length > free.length
  }

  return {
    names,
    translated: (frame) => {
      if (main.from() !== mainFrom) startOver()
      const view = new DataView(frame.records.buffer, frame.records.byteOffset, frame.records.byteLength)
      let records: Uint8Array<ArrayBuffer> | null = null
      for (let at = recordOffset.topicId; at < frame.records.byteLength; at += recordBytes) {
        const mainNumber = view.getUint32(at, true)
        if (mainNumber >= unnumberedTopic) continue
        const number = numberOf(mainNumber)
        if (number === mainNumber) continue
        records ??= new Uint8Array(frame.records)
        new DataView(records.buffer).setUint32(at, number, true)
      }
      return records ? { ...frame, records } : frame
    },
    release: (usedByLog) => {
      inLog = new Map()
      free = []
      names.forEach((name, number) => {
        if (name !== undefined && usedByLog.has(number)) inLog.set(name, number)
        else {
          names[number] = undefined
          free.push(number)
        }
      })
      startOver()
    },
  }
}
