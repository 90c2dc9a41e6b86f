// Why it is so: build/docs/decisions/44-a-message-is-a-file.md
import { createHash } from 'node:crypto'

/** Devices of Windows: what stands before the first dot may not be one. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])(?= *(?:\.|$))/i

/**
 * What some system refuses, or hides in a listing: controls, `%` because it begins an escape, what Windows and shells give a
 * meaning, formats and separators that cannot be seen, and halves of characters.
 */
const escaped = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}<>:"/\\|?*%]|^[. ~]|[. ]$/gu

/** File systems take 255 bytes, or 255 UTF-16 units; the ending, a number against clashes and `.tmp` need some. */
const mostBytes = 180

const encoder = new TextEncoder()

/**
 * A name as the name of a file or folder that Windows, macOS and Linux all take; at most 180 bytes. Names that differ only in
 * their Unicode form (NFC, NFD) are one file name.
 */
export const encodeFileName = (name: string): string => {
  const encoded = encodeWhole(name)
  return bytesOf(encoded) > mostBytes ? shortened(name, encoded) : encoded
}

/** Whether `decodeFileName` gives the name back. */
export const fitsFileName = (name: string): boolean => bytesOf(encodeWhole(name)) <= mostBytes

const decodeBytes = (run: string): string => {
  try {
    return decodeURIComponent(run)
  } catch {
    return run
  }
}

/** The name behind a file name; what is no escape of ours stays as it is. */
export const decodeFileName = (fileName: string): string =>
  fileName
    .replace(/%u(D[89A-F][0-9A-F]{2})|((?:%[0-9A-F]{2})+)/g, (run: string, half: string | undefined) =>
      half === undefined ? decodeBytes(run) : String.fromCharCode(parseInt(half, 16)),
    )
    .normalize('NFC')

/** Two file names with the same fold are one file on some system. Rather too coarse: then one of them gets a number. */
export const foldFileName = (fileName: string): string =>
  fileName.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD')

/** A file name for a message that is none of those that are taken, which are told by their fold. */
export const freeFileName = (name: string, isTaken: (fold: string) => boolean): string => {
  const first = encodeFileName(name)
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? first : `${first}~${number}`
    if (!isTaken(foldFileName(candidate))) return candidate
  }
}

const bytesOf = (text: string) => encoder.encode(text).length

const hex = (byte: number) => byte.toString(16).toUpperCase().padStart(2, '0')

/** `%XX` for each byte of UTF-8; half of a character has no bytes and is written `%uXXXX`. */
const escapeOf = (character: string): string => {
  const unit = character.charCodeAt(0)
  if (character.length === 1 && unit >= 0xd800 && unit <= 0xdfff) return `%u${unit.toString(16).toUpperCase()}`
  return [...encoder.encode(character)].map((byte) => `%${hex(byte)}`).join('')
}

/** A name as a file name that every system takes, whole: `decodeFileName` gives it back. It may be too long. */
const encodeWhole = (name: string): string => {
  const encoded = name.normalize('NFC').replace(escaped, escapeOf)
  // The rest of a device's name is no device.
  return reserved.test(encoded) ? escapeOf(encoded.slice(0, 1)) + encoded.slice(1) : encoded
}

/** As much as fits, with no escape cut in two, and a sign of the whole that no other name shares. */
const shortened = (name: string, encoded: string): string => {
  const sign = `~${createHash('sha256').update(name, 'utf16le').digest('hex').slice(0, 12)}`
  let cut = ''
  let used = bytesOf(sign)
  for (const [piece] of encoded.matchAll(/%u[0-9A-F]{4}|(?:%[0-9A-F]{2})+|[^]/gu)) {
    used += bytesOf(piece)
    if (used > mostBytes) break
    cut += piece
  }
  return cut + sign
}
