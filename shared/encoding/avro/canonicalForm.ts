import { encodeUtf8 } from '#shared/mqtt/utf8'
import type { AvroNamed, AvroSchema, AvroType } from './avroSchema'

type Types = Pick<AvroSchema, 'root' | 'named'>

/** The schema in Parsing Canonical Form (Avro 1.12): the same for all schemas that read the same data. */
export const canonicalForm = ({ root, named }: Types): string => {
  const said = new Set<string>()
  const typeText = (type: AvroType): string => {
    switch (type.kind) {
      case 'primitive':
        return quoted(type.name)
      case 'array':
        return `{"type":"array","items":${typeText(type.items)}}`
      case 'map':
        return `{"type":"map","values":${typeText(type.values)}}`
      case 'union':
        return `[${type.branches.map(typeText).join(',')}]`
      case 'named': {
        const one = named.get(type.name)
        if (!one || said.has(type.name)) return quoted(type.name)
        said.add(type.name)
        return namedText(one)
      }
    }
  }
  const namedText = (one: AvroNamed): string => {
    const head = `{"name":${quoted(one.name)},"type":"${one.kind}"`
    if (one.kind === 'fixed') return `${head},"size":${one.size}}`
    if (one.kind === 'enum') return `${head},"symbols":[${one.symbols.map(quoted).join(',')}]}`
    const fields = one.fields.map(({ name, type }) => `{"name":${quoted(name)},"type":${typeText(type)}}`)
    return `${head},"fields":[${fields.join(',')}]}`
  }
  return typeText(root)
}

const quoted = (text: string) => JSON.stringify(text)

const emptyFingerprint = 0xc15d_213a_a4d7_a795n
const fingerprints = Array.from({ length: 256 }, (_, byte) => {
  let value = BigInt(byte)
  for (let bit = 0; bit < 8; bit++) value = (value >> 1n) ^ ((value & 1n) === 1n ? emptyFingerprint : 0n)
  return value
})

/** CRC-64-AVRO ("Schema Fingerprints"). */
export const fingerprintOf = (text: string): bigint => {
  let value = emptyFingerprint
  for (const byte of encodeUtf8(text)) {
    value = (value >> 8n) ^ (fingerprints[Number((value ^ BigInt(byte)) & 0xffn)] ?? 0n)
  }
  return value
}
