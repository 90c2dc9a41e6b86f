import { calledOf } from './certificateNames'
import { datesOf, stateOf } from './certificateDates'
import type { OwnCertificate } from './tlsMaterial'

/** What can be told of our certificate from its file alone. */
export const ownFacts = ({ file, certificate }: OwnCertificate, now: number): Readonly<Record<string, string>> => ({
  file,
  subject: calledOf(certificate.subject),
  issuer: calledOf(certificate.issuer),
  own: stateOf(certificate, now),
  ...datesOf(certificate, now),
})
