import { decodedPayload, DecodingFault } from '#shared/encoding/decodingFault'
import type { PayloadNode } from '#shared/encoding/payloadNode'
import { parseBase64 } from '#shared/mqtt/payloadText'
import { readText, withoutMark } from './charsets'
import type { Decoder } from './decoder'
import { jsonNode } from './jsonDecoder'
import { countTo, mostValues } from './limits'

/**
 * The parts of a JSON Web Token (RFC 7519) in compact form, also behind `Bearer` (RFC 6750 §2.1), as it stands in a header. The
 * signature is shown; whether it is right is not looked at.
 */
export const jwtDecoder: Decoder = {
  name: 'jwt',
  decode: (bytes) =>
    decodedPayload(() => {
      const { text } = readText(bytes, 'utf-8')
      const shape = /^(\s*(?:(?:authorization:[ \t]*)?bearer[ \t]+)?)([\w-]+)\.([\w-]+)\.([\w-]*)\s*$/i.exec(text)
      if (!shape) throw new DecodingFault('notJwt', 0)
      const [, space = '', header = '', payload = '', signature = ''] = shape
      const count = countTo(mostValues)
      const second = space.length + header.length + 1
      const third = second + payload.length + 1
      const members = [
        { name: 'header', key: null, value: jsonPart(header, space.length, count) },
        { name: 'payload', key: null, value: jsonPart(payload, second, count) },
        {
          name: 'signature',
          key: null,
          value: {
            kind: 'bytes',
            bytes: bytesOf(signature, third),
            type: 'signature',
            offset: third,
            length: signature.length,
          },
        } as const,
      ]
      const length = third + signature.length - space.length
      return [{ kind: 'map', members, type: 'JSON Web Token', offset: space.length, length }]
    }),
}

const bytesOf = (part: string, start: number): Uint8Array => {
  const parsed = parseBase64(part)
  if (!parsed.ok) throw new DecodingFault('notBase64', start + parsed.position)
  return parsed.bytes
}

/** Four characters are three bytes, so a value begins in the one that has its first bits. */
const jsonPart = (part: string, start: number, count: (offset: number) => void): PayloadNode => {
  const { text, byteAt } = withoutMark(readText(bytesOf(part, start), 'utf-8'))
  return jsonNode({ text, byteAt: (position) => start + Math.floor((byteAt(position) * 4) / 3) }, count)
}
