import { joinedBytes } from '#shared/encoding/joinedBytes'
import { latinText } from '../recordingLines'
import { Refusal } from '../recordedMessage'

/** One direction of a TCP connection, of which only the bytes of MQTT are wanted. */
export interface CarriedBytes {
  /** Bytes of MQTT that can be said now. Throws a `Refusal` where a frame cannot be read. */
  push(bytes: Uint8Array): readonly Uint8Array[]
  /** Bytes were not captured here. Throws a `Refusal` where no frame can be found again behind them. */
  gap(): void
}

/** MQTT as it is, or in the frames of a WebSocket, which begins with a request or an answer of HTTP. */
export const createCarriedBytes = (): CarriedBytes => {
  let kind: 'unknown' | 'plain' | 'http' | 'frames' = 'unknown'
  let rest: Uint8Array = new Uint8Array(0)
  const plain = (): readonly Uint8Array[] => {
    kind = 'plain'
    const all = rest
    rest = new Uint8Array(0)
    return [all]
  }
  return {
    push: (bytes) => {
      if (kind === 'plain') return [bytes]
      rest = rest.length === 0 ? bytes : joinedBytes([rest, bytes])
      if (kind === 'unknown') {
        if (rest.length < 4) return mayBeHttp(rest) ? [] : plain()
        if (!/^(?:GET |HTTP)/.test(latinText(rest.subarray(0, 4)))) return plain()
        kind = 'http'
      }
      if (kind === 'http') {
        const end = latinText(rest).indexOf('\r\n\r\n')
        if (end < 0) return []
        rest = rest.subarray(end + 4)
        kind = 'frames'
      }
      const { contents, used } = framesIn(rest)
      rest = rest.subarray(used)
      return contents
    },
    gap: () => {
      if (kind === 'http' || kind === 'frames') throw new Refusal('badFrame', 'bytes of a WebSocket are missing')
      rest = new Uint8Array(0)
    },
  }
}

const mayBeHttp = (bytes: Uint8Array): boolean => ['GET ', 'HTTP'].some((start) => start.startsWith(latinText(bytes)))

/** Contents of the data frames that are whole (RFC 6455 §5.2). */
const framesIn = (bytes: Uint8Array): { readonly contents: readonly Uint8Array[]; readonly used: number } => {
  const contents: Uint8Array[] = []
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0
  for (;;) {
    if (at + 2 > bytes.length) return { contents, used: at }
    const first = view.getUint8(at)
    const second = view.getUint8(at + 1)
    if ((first & 0x70) !== 0) throw new Refusal('badFrame', 'a WebSocket frame that is compressed')
    const short = second & 0x7f
    const extra = short === 126 ? 2 : short === 127 ? 8 : 0
    const isMasked = second >= 0x80
    const dataAt = at + 2 + extra + (isMasked ? 4 : 0)
    if (dataAt > bytes.length) return { contents, used: at }
    const length = extra === 0 ? short : extra === 2 ? view.getUint16(at + 2) : Number(view.getBigUint64(at + 2))
    if (dataAt + length > bytes.length) return { contents, used: at }
    const isData = (first & 15) < 3
    if (isData) {
      const data = bytes.slice(dataAt, dataAt + length)
      if (isMasked) data.forEach((byte, index) => (data[index] = byte ^ (bytes[dataAt - 4 + (index & 3)] ?? 0)))
      contents.push(data)
    }
    at = dataAt + length
  }
}
