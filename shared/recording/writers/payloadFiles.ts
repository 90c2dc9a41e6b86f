import { encodeUtf8, isUtf8 } from '#shared/mqtt/utf8'
import { safeFileName } from '#shared/text/safeFileName'
import type { WrittenMessage } from '../recordingWriter'
import { jsonLineWith } from './jsonLines'

/** The payload of a message as a file, and what the manifest says of it. */
export interface PayloadFile {
  /** Folder and file, with a slash between them. */
  readonly name: string
  /** As it came. */
  readonly bytes: Uint8Array
  /** A line of JSON: the keys of JSON lines, and `file` in the place of the payload. */
  readonly manifest: Uint8Array
}

export const manifestName = 'manifest.jsonl'

/** Each payload by itself: a folder a topic, and in it the number of the message, which no other file has. */
export const createPayloadFiles = (): ((message: WrittenMessage) => PayloadFile) => {
  let number = 0
  return (message) => {
    number += 1
    const name = `${folderOf(message.topic)}/${String(number).padStart(7, '0')}.${extensionOf(message.payload)}`
    const line = jsonLineWith(message, ['file', JSON.stringify(name)])
    return { name, bytes: message.payload, manifest: encodeUtf8(`${line}\n`) }
  }
}

/** Of a path, Windows takes 260 characters: the manifest has the whole topic. */
const longestFolder = 60

/** Topics that differ in their case alone, or behind so many characters, may have one folder: the numbers tell their files apart. */
const folderOf = (topic: string): string => safeFileName(topic.slice(0, longestFolder))

const starts: readonly (readonly [extension: string, bytes: readonly number[]])[] = [
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpg', [0xff, 0xd8, 0xff]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['gz', [0x1f, 0x8b, 0x08]],
]

const blanks: readonly (number | undefined)[] = [0x20, 0x09, 0x0a, 0x0d]
const openers: readonly (number | undefined)[] = [0x7b, 0x5b]

/** By the content: what a payload is meant to be stands in no message for sure. */
const extensionOf = (payload: Uint8Array): string => {
  const known = starts.find(([, bytes]) => bytes.every((byte, at) => payload[at] === byte))
  if (known) return known[0]
  if (payload.length === 0 || !isUtf8(payload)) return 'bin'
  let at = 0
  while (blanks.includes(payload[at])) at += 1
  return openers.includes(payload[at]) ? 'json' : 'txt'
}
