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
 * `bookmark`. What a later version adds within a line is kept as it is.
 */
export const recordingReader: RecordingReader = {
  name: 'recording',
  isFor: ({ firstLine }) => firstLine.startsWith('{') && firstLine.includes(`"${format}"`),
  *read(pieces) {
    const messages: RecordedLine[] = []
    const flush = function* (): Generator<RecordingItem> {
      yield* readMosquittoLines(messages.splice(0), false)
    }
    for (const line of linesOf(pieces)) {
      const place = { unit: 'line', number: line.number } as const
      if (line.number === 1) {
        const known = versionOf(line.bytes)
        if (known !== version) {
          yield { kind: 'refused', place, reason: 'otherVersion', detail: String(known ?? '') }
          return
        }
      } else if (!line.isTooLong && isMark(line.bytes)) {
        yield* flush()
        yield { kind: 'mark', place, json: decodeUtf8(line.bytes) }
      } else messages.push(line)
      if (messages.length >= mostHeld) yield* flush()
    }
    yield* flush()
  },
}

const mostHeld = 256

export const recordingWriter: RecordingWriter = {
  begin: () => encodeUtf8(`${JSON.stringify({ format, version })}\n`),
  message: (message) => encodeUtf8(`${jsonLineOf(message)}\n`),
  mark: (json) => encodeUtf8(`${json}\n`),
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
