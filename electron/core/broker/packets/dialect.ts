/** How a server's packets are read. */
export interface Dialect {
  /** The number in CONNECT: 3, 4 or 5. */
  readonly level: 3 | 4 | 5
  /** Harmless violations of the protocol are tolerated: the profile's setting `lenient`. */
  readonly isLenient: boolean
}

/**
 * Whether reserved bits are ignored. In MQTT 3.1 the flags of packets other than PUBLISH are unused but for DUP (§2.1),
 * and so is the first byte of CONNACK's body (§3.2). Later versions reserve all of these (3.1.1 §2.2.2 and §3.2.2.1).
 */
export const ignoresReserved = ({ level, isLenient }: Dialect): boolean => level === 3 || isLenient

/** PUBREL's flags are 0010, those of the others 0000 (MQTT 5 §2.1.3). */
const pubrelType = 6
const fixedFlagsOf = (firstByte: number): number => (firstByte >> 4 === pubrelType ? 2 : 0)

/** The first byte with the flags its type has. */
export const withFixedFlags = (firstByte: number): number => (firstByte & 0xf0) | fixedFlagsOf(firstByte)
