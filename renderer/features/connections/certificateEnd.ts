import type { CertificateFacts, TlsFacts } from '#shared/model/tlsFacts'

/** A certificate that is at its end, or near it. */
export interface CertificateEnd {
  /** Ours, the server's, or one of those that signed it. */
  readonly whose: 'own' | 'server' | 'authority'
  readonly subject: string
  /** Milliseconds since 1970. */
  readonly validTo: number
  /** Whole days that are left; below 0 = it is over. */
  readonly days: number
}

const dayMs = 86_400_000
/** Long enough to get another one. */
const warnedDays = 30

/** The one that ends first of those that end within thirty days, or have ended; null = none does. `now` in ms since 1970. */
export const certificateEnd = ({ chain, own }: TlsFacts, now: number): CertificateEnd | null => {
  const all: readonly (readonly [CertificateEnd['whose'], CertificateFacts])[] = [
    ...(own ? [['own', own] as const] : []),
    ...chain.map((facts, place) => [place === 0 ? 'server' : 'authority', facts] as const),
  ]
  const ends = all
    .map(([whose, { subject, validTo }]) => ({ whose, subject, validTo, days: Math.floor((validTo - now) / dayMs) }))
    .filter(({ days }) => days < warnedDays)
  return ends.toSorted((one, other) => one.validTo - other.validTo)[0] ?? null
}
