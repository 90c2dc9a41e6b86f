/** RFC 4291 §2.2, and with a zone, as `fe80::1%eth0` (RFC 4007 §11). */
export const isIpv6 = (text: string): boolean => {
  const halves = text.replace(zonePattern, '').replace(trailingIpv4, '$1:0:0').split('::')
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return false
  // Two colons stand for at least one group of zeros.
  return halves.length === 2 ? groups.length <= 7 : halves.length === 1 && groups.length === 8
}

const zonePattern = /%[\w.~-]+$/

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
/** Stands for the last two groups. */
const trailingIpv4 = new RegExp(`(:?):${octet}(?:\\.${octet}){3}$`)
