import { readDecoderName } from '#shared/decoding/decodeAs'
import { numberFormat } from '#shared/decoding/numberDecoders'

/** As the list offers them; those that differ by their argument alone are one. */
export const decoderKinds = [
  'automatic',
  'text',
  'json',
  'json-lines',
  'csv',
  'xml',
  'influx',
  'jwt',
  'cbor',
  'msgpack',
  'protobuf',
  'avro',
  'sparkplug',
  'meshtastic',
  'number',
  'unix',
  'struct',
  'image',
  'bytes',
] as const
export type DecoderKind = (typeof decoderKinds)[number]

export const timeUnits = ['s', 'ms', 'us', 'ns'] as const
export const decoderAvroFramings = ['any', 'datum', 'confluent', 'single-object'] as const

/** A decoder's name in fields. Those that its kind does not have are as they are at first. */
export interface DecoderDraft {
  /** Formats before it, the outermost first. */
  readonly fronts: readonly string[]
  readonly kind: DecoderKind
  /** Of numbers and times, such as `u16be`; '' = of times, written in digits. */
  readonly number: string
  readonly unit: (typeof timeUnits)[number]
  readonly fields: string
  readonly isDelimited: boolean
  readonly framing: (typeof decoderAvroFramings)[number]
}

export const noDecoder: DecoderDraft = {
  fronts: [],
  kind: 'automatic',
  number: 'u16be',
  unit: 's',
  fields: '>u16 value',
  isDelimited: false,
  framing: 'any',
}

/** The fields of a name as rules have it (undefined = automatic); null = it is none. */
export const draftOfName = (name: string | undefined): DecoderDraft | null => {
  if (name === undefined) return noDecoder
  const read = readDecoderName(name)
  if (!read.ok) return null
  const { fronts, decoder, argument } = read.chain
  const own = { ...noDecoder, fronts: fronts.map((front) => front.name) }
  if (numberFormat(decoder.name)) return { ...own, kind: 'number', number: decoder.name }
  if (decoder.name === 'struct') return { ...own, kind: 'struct', fields: argument ?? '' }
  const unit = timeUnits.find((one) => decoder.name === `unix-${one}`)
  if (unit) return { ...own, kind: 'unix', unit, number: argument ?? '' }
  if (decoder.name === 'protobuf-delimited') return { ...own, kind: 'protobuf', isDelimited: true }
  const framing = decoderAvroFramings.find((one) => decoder.name === `avro-${one}`)
  if (framing) return { ...own, kind: 'avro', framing }
  const kind = decoderKinds.find((one) => one === decoder.name)
  return kind ? { ...own, kind } : null
}

/** The name that says what the fields do. */
export const nameOfDraft = (draft: DecoderDraft): string | undefined =>
  draft.kind === 'automatic' ? undefined : [...draft.fronts, lastName(draft)].join('+')

const lastName = ({ kind, number, unit, fields, isDelimited, framing }: DecoderDraft): string => {
  if (kind === 'number') return number
  if (kind === 'unix') return number === '' ? `unix-${unit}` : `unix-${unit}:${number}`
  if (kind === 'struct') return `struct:${fields}`
  if (kind === 'protobuf') return isDelimited ? 'protobuf-delimited' : 'protobuf'
  if (kind === 'avro') return framing === 'any' ? 'avro' : `avro-${framing}`
  return kind
}

/** Another kind, with what it has at first where the one before had something of another meaning. */
export const withKind = (draft: DecoderDraft, kind: DecoderKind): DecoderDraft => {
  if (kind === 'automatic') return noDecoder
  const number = kind === 'unix' ? '' : draft.number === '' ? noDecoder.number : draft.number
  return { ...draft, kind, number }
}
