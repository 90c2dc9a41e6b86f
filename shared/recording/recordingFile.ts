import { memberOf, readJsonTree } from '#shared/json/jsonTree'
import { decodeUtf8, encodeUtf8 } from '#shared/mqtt/utf8'
import { countAt, textAt } from './jsonMembers'
import type { RecordingItem } from './recordedMessage'
import { linesOf, type RecordedLine } from './recordingLines'
import type { RecordingReader } from './recordingReader'
import type { RecordingWriter } from './recordingWriter'
import { readMosquittoLines } from './readers/mosquittoJson'
import { jsonLineOf } from './writers/jsonLines'

const format = 'topicscope.recording'
const version = 1

/**
 * A recording of our own: a head, and then a line of JSON for each message, as `jsonLines` writes them, and for each `event` and
 * `bookmark`. What a later version adds within a line is kept as it is. One whose head says that it `ends` has an event of that name last:
 * where it has none, it was cut off between two lines.
 */
export const recordingReader: RecordingReader = {
  name: 'recording',
  isFor: ({ firstLine }) => firstLine.startsWith('{') && firstLine.includes(`"${format}"`),
  *read(pieces) {
    const messages: RecordedLine[] = []
    let isOpen = false
    let last = 0
    const flush = function* (): Generator<RecordingItem> {
      yield* readMosquittoLines(messages.splice(0), false)
    }
    for (const line of linesOf(pieces)) {
      const place = { unit: 'line', number: line.number } as const
      last = line.number
      if (line.number === 1) {
        const known = versionOf(line.bytes)
        if (known !== version) {
          yield { kind: 'refused', place, reason: 'otherVersion', detail: String(known ?? '') }
          return
        }
        isOpen = hasEnd(line.bytes)
      } else if (!line.isTooLong && isMark(line.bytes)) {
        yield* flush()
        const json = decodeUtf8(line.bytes)
        if (json.startsWith(endStart)) isOpen = false
        yield { kind: 'mark', place, json }
      } else messages.push(line)
      if (messages.length >= mostHeld) yield* flush()
    }
    yield* flush()
    if (isOpen) yield { kind: 'refused', place: { unit: 'line', number: last + 1 }, reason: 'noEnd' }
  },
}

const mostHeld = 256

export const recordingWriter: RecordingWriter = {
  begin: () => encodeUtf8(`${JSON.stringify({ format, version })}\n`),
  message: (message) => encodeUtf8(`${jsonLineOf(message)}\n`),
  mark: (json) => encodeUtf8(`${json}\n`),
}

/** The name of the event that stands last in a recording that was made here, and whether it has one. */
export const recordingEnd = 'end'
const endStart = `{"event":"${recordingEnd}"`

/** The head of a recording whose end will be told. */
export const recorderHead = encodeUtf8(`${JSON.stringify({ format, version, ends: true })}\n`)

const hasEnd = (line: Uint8Array): boolean => {
  const tree = readJsonTree(decodeUtf8(line))
  const ends = tree.ok ? memberOf(tree.root, 'ends') : undefined
  return ends?.kind === 'constant' && ends.value === true
}

const versionOf = (line: Uint8Array): number | null => {
  const tree = readJsonTree(decodeUtf8(line))
  return tree.ok && textAt(tree.root, 'format') === format ? countAt(tree.root, 'version') : null
}

const markStart = /^\{\s*"(?:event|bookmark)"\s*:/

const isMark = (line: Uint8Array): boolean => {
  if (!markStart.test(decodeUtf8(line.subarray(0, 64)))) return false
  const tree = readJsonTree(decodeUtf8(line))
  return tree.ok && memberOf(tree.root, 'topic') === undefined
}
