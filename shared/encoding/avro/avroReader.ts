import type { ByteCursor } from '../byteCursor'
import { DecodingFault } from '../decodingFault'
import { unZigZag } from '../littleEndian'
import type { NodeMember, PayloadNode } from '../payloadNode'
import { floatText, singleText } from '../writtenNumber'
import type { AvroNamed, AvroSchema, AvroType } from './avroSchema'
import { bytesNode, numberNode, type NodePlace } from './logicalReader'

type Named = AvroSchema['named']
type Primitive = Extract<AvroType, { kind: 'primitive' }>

/** Reads a value in Avro's binary encoding. What a union is of is the type of its node, and its branch number is among its bytes. */
export const readAvro = (from: ByteCursor, named: Named, type: AvroType): PayloadNode => {
  from.count()
  if (type.kind === 'primitive') return readPrimitive(from, type)
  return from.deeper(() => {
    if (type.kind === 'union') return readUnion(from, named, type.branches)
    if (type.kind === 'array') return readArray(from, named, type.items)
    if (type.kind === 'map') return readMap(from, named, type.values)
    const declared = named.get(type.name)
    if (!declared) throw new DecodingFault('unknownType', from.at())
    return readNamed(from, named, declared)
  })
}

const readUnion = (from: ByteCursor, named: Named, branches: readonly AvroType[]): PayloadNode => {
  const offset = from.at()
  const branch = branches[Number(readLong(from))]
  if (!branch) throw new DecodingFault('unknownBranch', offset)
  const value = readAvro(from, named, branch)
  return { ...value, offset, length: from.at() - offset }
}

const readArray = (from: ByteCursor, named: Named, type: AvroType): PayloadNode => {
  const offset = from.at()
  const items: PayloadNode[] = []
  readBlocks(from, () => items.push(readAvro(from, named, type)))
  return { kind: 'list', items, type: 'array', offset, length: from.at() - offset }
}

const readMap = (from: ByteCursor, named: Named, type: AvroType): PayloadNode => {
  const offset = from.at()
  const members: NodeMember[] = []
  readBlocks(from, () => {
    const key = readPrimitive(from, { kind: 'primitive', name: 'string', logical: null })
    members.push({ name: key.kind === 'text' ? key.text : '', key, value: readAvro(from, named, type) })
  })
  return { kind: 'map', members, type: 'map', offset, length: from.at() - offset }
}

/** Blocks of so many items until one of none. A negative number is followed by the bytes of the block. */
const readBlocks = (from: ByteCursor, readItem: () => void) => {
  for (;;) {
    const count = readLong(from)
    // No bytes need to stand behind an item, so what ends a block of too many is the count of nodes.
    if (count < 0) readLength(from)
    const items = BigInt(count) < 0n ? -BigInt(count) : BigInt(count)
    if (items === 0n) return
    for (let item = 0n; item < items; item += 1n) readItem()
  }
}

const readNamed = (from: ByteCursor, named: Named, type: AvroNamed): PayloadNode => {
  const offset = from.at()
  if (type.kind === 'fixed') {
    const bytes = from.bytes(type.size)
    return bytesNode(bytes, type.logical, { type: type.name, offset, length: type.size })
  }
  if (type.kind === 'enum') {
    const index = readLong(from)
    const text = type.symbols[Number(index)]
    if (text === undefined) throw new DecodingFault('unknownSymbol', offset)
    return { kind: 'symbol', text, digits: String(index), type: type.name, offset, length: from.at() - offset }
  }
  const members = type.fields.map(({ name, type: field }) => ({ name, key: null, value: readAvro(from, named, field) }))
  return { kind: 'map', members, type: type.name, offset, length: from.at() - offset }
}

const readPrimitive = (from: ByteCursor, { name, logical }: Primitive): PayloadNode => {
  const offset = from.at()
  const place = (at = offset): NodePlace => ({ type: name, offset: at, length: from.at() - at })
  switch (name) {
    case 'null':
      return { kind: 'constant', value: null, ...place() }
    case 'boolean': {
      const byte = from.byte()
      if (byte > 1) throw new DecodingFault('badBoolean', offset)
      return { kind: 'constant', value: byte === 1, ...place() }
    }
    case 'int':
    case 'long': {
      const value = readLong(from)
      if (name === 'int' && BigInt.asIntN(32, BigInt(value)) !== BigInt(value))
        throw new DecodingFault('outOfRange', offset)
      return numberNode(value, logical, place())
    }
    case 'float':
      return { kind: 'number', digits: singleText(from.single()), ...place() }
    case 'double':
      return { kind: 'number', digits: floatText(from.double()), ...place() }
    case 'bytes':
    case 'string': {
      const length = readLength(from)
      const at = from.at()
      if (name === 'string') return { kind: 'text', text: from.text(length), ...place(at) }
      const bytes = from.bytes(length)
      return bytesNode(bytes, logical, place(at))
    }
  }
}

const readLength = (from: ByteCursor): number | bigint => {
  const offset = from.at()
  const length = readLong(from)
  if (length < 0) throw new DecodingFault('badLength', offset)
  return length
}

const readLong = (from: ByteCursor): number | bigint => unZigZag(from.varint())
