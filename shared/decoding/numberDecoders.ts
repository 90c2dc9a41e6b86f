import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { floatText, singleText } from '#shared/encoding/writtenNumber'
import type { Decoder } from './decoder'
import { countTo, mostValues } from './limits'
import { halfValue } from './networkOrder'

/** A number of so many bits; `f32` is a float of 32. */
export interface NumberFormat {
  readonly kind: 'u' | 'i' | 'f'
  readonly bits: number
  readonly isLittle: boolean
}

/** Of names such as `u16be`; one byte has no order. Without an order it is `isLittle`'s. null = no such format. */
export const numberFormat = (name: string, isLittle = false): NumberFormat | null => {
  const [, kind, bits, order] = /^([uif])(8|16|24|32|40|48|56|64)(le|be)?$/.exec(name) ?? []
  if ((kind !== 'u' && kind !== 'i' && kind !== 'f') || (kind === 'f' && !['16', '32', '64'].includes(bits ?? '')))
    return null
  return { kind, bits: Number(bits), isLittle: order === undefined ? isLittle : order === 'le' }
}

/** The number at an offset. Throws a `DecodingFault` where the bytes end before it does. */
export const numberAt = (bytes: Uint8Array, offset: number, { kind, bits, isLittle }: NumberFormat): PayloadNode => {
  const length = bits / 8
  if (offset + length > bytes.length) throw new DecodingFault('cutShort', offset)
  const place = { type: `${kind}${bits}${bits === 8 ? '' : isLittle ? 'le' : 'be'}`, offset, length }
  const view = new DataView(bytes.buffer, bytes.byteOffset + offset, length)
  if (kind === 'f') {
    const digits =
      bits === 64
        ? floatText(view.getFloat64(0, isLittle))
        : bits === 32
          ? singleText(view.getFloat32(0, isLittle))
          : floatText(halfValue(view.getUint16(0, isLittle)))
    return { kind: 'number', digits, ...place }
  }
  let value = 0n
  for (let index = 0; index < length; index++)
    value = (value << 8n) | BigInt(view.getUint8(isLittle ? length - 1 - index : index))
  return { kind: 'number', digits: String(kind === 'i' ? BigInt.asIntN(bits, value) : value), ...place }
}

/** Numbers of one format, up to the end of the bytes: one, or a list of them. */
const numberDecoder = (name: string, format: NumberFormat): Decoder => ({
  name,
  decode: (bytes) =>
    decodedPayload(() => {
      const count = countTo(mostValues)
      const items: PayloadNode[] = []
      let at = 0
      do {
        count(at)
        items.push(numberAt(bytes, at, format))
        at += format.bits / 8
      } while (at < bytes.length)
      const [only, second] = items
      return only && !second ? [only] : [{ kind: 'list', items, type: name, offset: 0, length: bytes.length }]
    }),
})

const names = [
  'u8',
  'i8',
  ...['u16', 'i16', 'u24', 'i24', 'u32', 'i32', 'u48', 'i48', 'u64', 'i64', 'f16', 'f32', 'f64'].flatMap((one) => [
    `${one}be`,
    `${one}le`,
  ]),
]

export const numberDecoders: readonly Decoder[] = names.flatMap((name) => {
  const format = numberFormat(name)
  return format ? [numberDecoder(name, format)] : []
})
