import { isIPv4 } from 'node:net'

/** The bytes of an IP address: 4 or 16. A zone (RFC 4007) means nothing elsewhere and is left out. */
export const addressBytes = (address: string): Uint8Array => {
  if (isIPv4(address)) return Uint8Array.from(address.split('.').map(Number))
  // URL writes an IPv6 address in one way only, without dots.
  const { hostname } = new URL(`http://[${address.replace(/%.*$/, '')}]`)
  const [head = '', tail] = hostname.slice(1, -1).split('::')
  const [before, behind] = [groupsOf(head), groupsOf(tail ?? '')]
  const zeros = Array.from({ length: 8 - before.length - behind.length }, () => 0)
  return Uint8Array.from([...before, ...zeros, ...behind].flatMap((group) => [group >> 8, group & 0xff]))
}

const groupsOf = (text: string): readonly number[] =>
  text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16))
