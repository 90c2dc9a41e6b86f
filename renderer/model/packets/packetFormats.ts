import type { PacketEntry, RecordedPacket } from '#shared/model/packets'
import { decodePacket } from '#shared/mqtt/packet/decodePacket'
import { packetLine } from '#shared/mqtt/packet/packetLine'
import { hexDigits } from '#shared/mqtt/payloadText'
import { encodeUtf8 } from '#shared/mqtt/utf8'
import { captureBlock, captureHead } from '#shared/recording/writers/captureBlocks'
import { createTcpFrames, type TcpFrames } from '#shared/recording/writers/tcpFrames'
import { joinedBytes } from '#shared/encoding/joinedBytes'
import { visibleLine } from '#shared/text/visibleLine'

/** What packets are written to. Main has masked secrets before it gave them. */
interface PacketWriter {
  begin(): Uint8Array
  entry(entry: PacketEntry): Uint8Array
}

const decodedOf = ({ bytes, version, size, direction }: RecordedPacket) =>
  decodePacket(bytes, version, { size, from: direction === 'out' ? 'client' : 'server' })

const idOf = (fields: ReturnType<typeof decodedOf>['fields']): number | null => {
  const value = fields.find(({ field }) => field === 'mqtt.msgid')?.value
  return typeof value === 'number' ? value : null
}

const isoTime = (ms: number): string => {
  const micro = Math.floor((ms - Math.floor(ms)) * 1_000)
  return new Date(ms).toISOString().replace('Z', `${String(micro).padStart(3, '0')}Z`)
}

const packetRecord = (packet: RecordedPacket): object => {
  const { number, time, direction, version, size, bytes, mark, violation, sequence } = packet
  const { type, fields, problems } = decodedOf(packet)
  return {
    number,
    time: isoTime(time),
    direction,
    type,
    packetId: idOf(fields),
    version,
    size,
    ...(bytes.length < size ? { kept: bytes.length } : {}),
    ...(sequence === null ? {} : { message: sequence }),
    ...(mark === null ? {} : { mark }),
    ...(violation === null ? {} : { violation }),
    ...(problems.length === 0 ? {} : { problems: problems.map(({ rule, clause }) => ({ rule, clause })) }),
    hex: hexDigits(bytes),
  }
}

const noBytes = new Uint8Array(0)

/** A line of JSON for each packet and step. */
const jsonLines: PacketWriter = {
  begin: () => noBytes,
  entry: (entry) => {
    const { number, time } = entry
    const record =
      entry.kind === 'packet'
        ? packetRecord(entry)
        : { number, time: isoTime(time), step: entry.step, detail: entry.detail }
    return encodeUtf8(`${JSON.stringify(record)}\n`)
  },
}

/** One packet or step in visible lines, to be read by people. */
export const entryText = (entry: PacketEntry): string => {
  const { number, time, delta } = entry
  const at = `#${number} ${isoTime(time)}${delta === null ? '' : ` +${delta.toFixed(3)} ms`}`
  if (entry.kind === 'step') return `${at} -- ${entry.step} ${visibleLine(entry.detail, 300)}\n`
  const decoded = decodedOf(entry)
  const id = idOf(decoded.fields)
  const arrow = entry.direction === 'out' ? '-->' : '<--'
  const head = `${at} ${arrow} ${decoded.type}${id === null ? '' : ` id ${id}`}, ${entry.size} bytes: ${packetLine(decoded)}`
  const against = [
    ...(entry.mark === null ? [] : [entry.mark]),
    ...(entry.violation === null ? [] : [visibleLine(entry.violation, 300)]),
    ...decoded.problems.map(({ rule, clause }) => `${rule} ${clause}`),
  ]
  return `${[head, ...against.map((line) => `    ! ${line}`)].join('\n')}\n`
}

const text: PacketWriter = { begin: () => noBytes, entry: (entry) => encodeUtf8(entryText(entry)) }

/**
 * A capture as if the packets had crossed a network in clear: a TCP connection that was made for each network connection. Bytes of a
 * packet that were not kept are zeros, so that the next one is found.
 */
const createPcapng = (): PacketWriter => {
  let connections = 0
  let tcp: TcpFrames | null = null
  const begin = (): TcpFrames => createTcpFrames(connections++)
  return {
    begin: captureHead,
    entry: (entry) => {
      const time = BigInt(Math.round(entry.time * 1_000)) * 1_000n
      if (entry.kind === 'step') {
        if (entry.step === 'begin') tcp = null
        return noBytes
      }
      const frames: Uint8Array[] = []
      if (!tcp) {
        tcp = begin()
        frames.push(...tcp.handshake())
      }
      const { bytes, size, direction } = entry
      const whole = bytes.length < size ? joinedBytes([bytes, new Uint8Array(size - bytes.length)]) : bytes
      frames.push(...tcp.send(direction === 'out' ? 'client' : 'server', whole))
      return joinedBytes(frames.map((frame) => captureBlock(frame, time)))
    },
  }
}

export const packetFormats = {
  jsonLines: { extension: 'jsonl', create: () => jsonLines },
  pcapng: { extension: 'pcapng', create: createPcapng },
  text: { extension: 'txt', create: () => text },
} as const
export type PacketFormat = keyof typeof packetFormats
