/** Which of the two ends of a connection sent a packet. */
export type PacketSide = 'client' | 'server'

/** MQTT 5 §2.1.2, by their numbers. */
export const packetTypes = [
  'reserved',
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
] as const
export type PacketType = (typeof packetTypes)[number]

export const packetTypeOf = (firstByte: number): PacketType => packetTypes[(firstByte >> 4) & 15] ?? 'reserved'

/** Types that only one side sends, in any version; DISCONNECT is a server's from MQTT 5 on. */
const sides: Partial<Record<PacketType, PacketSide>> = {
  CONNECT: 'client',
  CONNACK: 'server',
  SUBSCRIBE: 'client',
  SUBACK: 'server',
  UNSUBSCRIBE: 'client',
  UNSUBACK: 'server',
  PINGREQ: 'client',
  PINGRESP: 'server',
}

export const isSentBy = (type: PacketType, side: PacketSide, isVersion5: boolean): boolean => {
  if (type === 'DISCONNECT' && !isVersion5) return side === 'client'
  return (sides[type] ?? side) === side
}
