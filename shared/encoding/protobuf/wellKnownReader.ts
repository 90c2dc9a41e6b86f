import type { NodeMember, PayloadNode } from '../payloadNode'
import { durationText, timestampText, type TimeParts } from '../timeForms'
import type { ScalarType } from './protobufSchema'
import { defaultScalar } from './scalarReader'

type MapNode = Extract<PayloadNode, { kind: 'map' }>
type Read = (node: MapNode) => PayloadNode

/** Messages with a form of their own in JSON (ProtoJSON), as that form; all others as they are. */
export const wellKnownNode = (node: MapNode): PayloadNode => wellKnownReaders.get(node.type)?.(node) ?? node

export const isWellKnown = (name: string): boolean => wellKnownReaders.has(name)

const wellKnownReaders: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['google.protobuf.Timestamp', (node) => withReading(node, timestampText(timeParts(node)))],
  ['google.protobuf.Duration', (node) => withReading(node, durationText(timeParts(node)))],
  ['google.protobuf.FieldMask', (node) => withReading(node, maskText(node))],
  ['google.protobuf.Value', (node) => instead(node, onlyMember(node)?.value)],
  ['google.protobuf.Struct', (node) => ({ ...node, members: membersOf(lastValue(node, 'fields')) })],
  [
    'google.protobuf.ListValue',
    (node) => ({ ...placeOf(node), kind: 'list', items: itemsOf(lastValue(node, 'values')) }),
  ],
  ['google.protobuf.DoubleValue', wrapper('double')],
  ['google.protobuf.FloatValue', wrapper('float')],
  ['google.protobuf.Int64Value', wrapper('int64')],
  ['google.protobuf.UInt64Value', wrapper('uint64')],
  ['google.protobuf.Int32Value', wrapper('int32')],
  ['google.protobuf.UInt32Value', wrapper('uint32')],
  ['google.protobuf.BoolValue', wrapper('bool')],
  ['google.protobuf.StringValue', wrapper('string')],
  ['google.protobuf.BytesValue', wrapper('bytes')],
])

/** The value stands for the message around it, and has its bytes. */
function wrapper(scalar: ScalarType): Read {
  return (node) => instead(node, lastValue(node, 'value') ?? defaultScalar(scalar, node.offset))
}

const instead = (node: MapNode, value: PayloadNode | undefined): PayloadNode => {
  if (!value) return node
  // A null of Value is a symbol of the enum NullValue.
  return value.type === 'google.protobuf.NullValue'
    ? { ...placeOf(node), kind: 'constant', value: null }
    : { ...value, ...placeOf(node) }
}

const placeOf = ({ type, offset, length }: MapNode) => ({ type, offset, length })

/** Fields that the form has no place for are kept by leaving the message as it is. */
const onlyMember = ({ members }: MapNode): NodeMember | undefined => (members.length === 1 ? members[0] : undefined)

const withReading = (node: MapNode, reading: string | null): PayloadNode =>
  reading === null ? node : { ...node, reading }

const lastValue = ({ members }: MapNode, name: string): PayloadNode | undefined =>
  members.findLast((member) => member.name === name)?.value

const timeParts = (node: MapNode): TimeParts => ({
  seconds: numberOf(lastValue(node, 'seconds')),
  nanos: numberOf(lastValue(node, 'nanos')),
})

const numberOf = (node: PayloadNode | undefined): number => (node?.kind === 'number' ? Number(node.digits) : 0)

const maskText = (node: MapNode): string =>
  itemsOf(lastValue(node, 'paths'))
    .map((path) =>
      path.kind === 'text' ? path.text.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) : '',
    )
    .join(',')

const membersOf = (node: PayloadNode | undefined): readonly NodeMember[] => (node?.kind === 'map' ? node.members : [])

const itemsOf = (node: PayloadNode | undefined): readonly PayloadNode[] => (node?.kind === 'list' ? node.items : [])
