import { packetTypeOf, type PacketType } from '#shared/mqtt/packet/packetType'
import { reasonOf } from './handshakeJudge'
import { emptyEntry, metaBits, type PacketStore, type StoredEntry } from './packetStore'

/** More legs than that are no handshake but an identifier that is never answered. */
const mostLegs = 200
/** So far from a packet the others are looked for, in either direction: a few milliseconds. */
const mostScanned = 200_000

/** The packets that belong together with this one, and what is waited for; null = it is not kept, or stands alone. */
export const findHandshake = (
  store: PacketStore,
  number: number,
): { readonly numbers: readonly number[]; readonly awaited: PacketType | null } | null => {
  const entry = emptyEntry()
  if (!store.read(number, entry) || (entry.meta & metaBits.step) !== 0) return null
  const family = familyOf({ ...entry })
  if (!family) return null
  const first = lookBack(store, number, family)
  const last = Math.min(store.last(), number + mostScanned)
  const numbers: number[] = []
  let awaited: PacketType | null = null
  for (let at = first; at <= last && numbers.length < mostLegs; at++) {
    if (!store.read(at, entry) || !family.has(entry)) continue
    // The identifier is used for the next one.
    if (numbers.length > 0 && family.begins(entry)) break
    awaited = family.awaitedAfter(entry, awaited)
    numbers.push(at)
    if (awaited === null && at >= number) break
  }
  return { numbers, awaited }
}

/** Where it begins; what is not kept any more begins with the packet itself. */
const lookBack = (store: PacketStore, number: number, family: Family): number => {
  const entry = emptyEntry()
  for (let at = number; at >= Math.max(store.first(), number - mostScanned); at--)
    if (store.read(at, entry) && family.has(entry) && family.begins(entry)) return at
  return number
}

/** Packets that belong together: what begins them, and what is waited for after each. */
interface Family {
  has(entry: StoredEntry): boolean
  begins(entry: StoredEntry): boolean
  awaitedAfter(entry: StoredEntry, awaited: PacketType | null): PacketType | null
}

const answers: Partial<Record<PacketType, PacketType>> = {
  CONNECT: 'CONNACK',
  SUBSCRIBE: 'SUBACK',
  UNSUBSCRIBE: 'UNSUBACK',
  PINGREQ: 'PINGRESP',
}

const ofPublish: ReadonlySet<PacketType> = new Set(['PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP'])
/** They go the way that their PUBLISH went. */
const withPublish: ReadonlySet<PacketType> = new Set(['PUBLISH', 'PUBREL'])

const familyOf = (given: StoredEntry): Family | null => {
  const type = packetTypeOf(given.first)
  if (ofPublish.has(type)) return given.packetId === 0 ? null : publishFamily(given)
  const asked = Object.entries(answers).find(([request, answer]) => type === request || type === answer)
  if (!asked) return null
  const [request, answer] = asked
  const { packetId } = given
  return {
    has: ({ meta, first, packetId: id }) => {
      const one = packetTypeOf(first)
      return (meta & metaBits.step) === 0 && id === packetId && (one === request || one === answer)
    },
    begins: ({ first }) => packetTypeOf(first) === request,
    awaitedAfter: ({ first }) => (packetTypeOf(first) === request ? answer : null),
  }
}

const publishFamily = (given: StoredEntry): Family => {
  const isFlowOut = (entry: StoredEntry) =>
    ((entry.meta & metaBits.out) !== 0) === withPublish.has(packetTypeOf(entry.first))
  const isOut = isFlowOut(given)
  const { packetId } = given
  return {
    has: (entry) =>
      (entry.meta & metaBits.step) === 0 &&
      entry.packetId === packetId &&
      ofPublish.has(packetTypeOf(entry.first)) &&
      isFlowOut(entry) === isOut,
    begins: ({ first }) => packetTypeOf(first) === 'PUBLISH' && (first & 8) === 0,
    awaitedAfter: ({ first, bytes }, awaited) => {
      const type = packetTypeOf(first)
      if (type === 'PUBLISH') return ((first >> 1) & 3) === 1 ? 'PUBACK' : 'PUBREC'
      if (type === 'PUBREC') return reasonOf(bytes) >= 0x80 ? null : 'PUBREL'
      if (type === 'PUBREL') return 'PUBCOMP'
      return type === 'PUBACK' || type === 'PUBCOMP' ? null : awaited
    },
  }
}
