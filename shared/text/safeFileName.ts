import { encodeUtf8 } from '#shared/mqtt/utf8'

/** Devices of Windows: a file of this name, whatever its extension, cannot be made there or is the device. */
const reservedName = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])$/i

/** Controls, and characters that no system takes or that a shell gives a meaning. */
const forbidden = /[\p{Cc}<>:"/\\|?*]/gu
/**
 * Formats that change the direction or cannot be seen, so that a name reads as another one (invoice\u202Efdp.exe), line
 * separators, halves of characters, and characters nobody has given a meaning.
 */
const deceiving = /[\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\u115f\u1160\u3164\uffa0\u034f\u17b4\u17b5\u2800]/gu
/** Joiners belong to the writing of many languages and to emoji, between two visible characters. */
const joiner =
  /(?<=[\p{L}\p{M}\p{Extended_Pictographic}\ufe0f])[\u200c\u200d](?=[\p{L}\p{M}\p{Extended_Pictographic}])/gu

/** File systems take 255 bytes; a backup's ending needs some. */
const maximumBytes = 200
const maximumExtensionBytes = 20

/**
 * A file name out of anything: no folder, no control, nothing that reads as something else, nothing any system refuses or
 * takes for a device, at most 200 bytes with its extension kept, never empty.
 */
export const safeFileName = (suggested: string): string => {
  const visible = withoutDeceiving(suggested.replace(forbidden, '_'))
  const trimmed = visible.replace(/^[\s.]+|[\s.]+$/gu, '')
  const name = shortened(trimmed).replace(/[\s.]+$/u, '')
  if (name === '') return 'file'
  // Windows looks at what stands before the first dot, without spaces at its end.
  const device = (name.split('.')[0] ?? '').trimEnd()
  return reservedName.test(device) ? `_${name}` : name
}

const bytesOf = (text: string) => encodeUtf8(text).length

const cutTo = (text: string, bytes: number): string => {
  let cut = ''
  let used = 0
  for (const character of text) {
    used += bytesOf(character)
    if (used > bytes) break
    cut += character
  }
  return cut
}

const splitExtension = (name: string): readonly [stem: string, extension: string] => {
  const dot = name.lastIndexOf('.')
  return dot > 0 && bytesOf(name.slice(dot)) <= maximumExtensionBytes
    ? [name.slice(0, dot), name.slice(dot)]
    : [name, '']
}

const shortened = (name: string): string => {
  if (bytesOf(name) <= maximumBytes) return name
  const [stem, extension] = splitExtension(name)
  return `${cutTo(stem, maximumBytes - bytesOf(extension)).trimEnd()}${extension}`
}

const withoutDeceiving = (text: string): string => {
  const kept = new Set([...text.matchAll(joiner)].map(({ index }) => index))
  return text.replace(deceiving, (character: string, offset: number) => (kept.has(offset) ? character : ''))
}
