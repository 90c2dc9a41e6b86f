import type { X509Certificate } from 'node:crypto'

/** Whether a certificate is valid at this time. */
export const stateOf = ({ validFrom, validTo }: X509Certificate, now: number): 'expired' | 'notYet' | 'current' => {
  if (now > Date.parse(validTo)) return 'expired'
  return now < Date.parse(validFrom) ? 'notYet' : 'current'
}

const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10)
const minuteOf = (time: number) => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** The validity of a certificate and the time of this computer: days, or minutes where it begins or ended today. */
export const datesOf = (
  certificate: X509Certificate,
  now: number,
): { readonly starts: string; readonly expired: string; readonly today: string } => {
  const starts = Date.parse(certificate.validFrom)
  const ends = Date.parse(certificate.validTo)
  const told = stateOf(certificate, now) === 'notYet' ? starts : ends
  const tell = dayOf(now) === dayOf(told) ? minuteOf : dayOf
  return { starts: tell(starts), expired: tell(ends), today: tell(now) }
}
