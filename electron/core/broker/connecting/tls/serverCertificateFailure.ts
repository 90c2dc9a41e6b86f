import type { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import type { AppError, ErrorCode } from '#shared/result'
import type { Place } from '../connectionFailure'
import { datesOf, stateOf } from './certificateDates'
import { altNamesOf, calledOf, commonNameOf, lineOf, organizationOf } from './certificateNames'
import type { OwnAuthorities } from './tlsMaterial'

/** What a server's certificate is judged against. */
export interface ServerCheck {
  readonly place: Place
  /** The name or address the certificate has to hold. */
  readonly serverName: string
  readonly namedBy: 'host' | 'serverName'
  readonly authorities: OwnAuthorities | null
  /** Whether the CA file's certificates are trusted whoever signed them. */
  readonly asItIs: boolean
  /** Whether the certificate has to hold the name. */
  readonly verifyName: boolean
  readonly now: number
}

type Chain = readonly X509Certificate[]
type Told = { readonly code: ErrorCode; readonly field?: string; readonly values?: AppError['values'] }
type Reading = (chain: Chain, check: ServerCheck) => Told

const mostNames = 10
const listed = (names: readonly string[]) =>
  [...names.slice(0, mostNames), ...(names.length > mostNames ? ['…'] : [])].join(', ')

const nameKind = (certificate: X509Certificate, serverName: string): string => {
  const names = altNamesOf(certificate)
  if (isIP(serverName) === 0) return names.length === 0 && commonNameOf(certificate) === undefined ? 'noNames' : 'other'
  if (names.some(({ kind, name }) => kind === 'DNS' && name === serverName)) return 'ipAsDnsName'
  return commonNameOf(certificate) === serverName ? 'ipAsCommonName' : 'other'
}

const wrongName: Reading = ([certificate], { serverName, namedBy }) => {
  if (!certificate) return { code: 'tlsCertificateInvalid' }
  const names = altNamesOf(certificate).map(({ name }) => name)
  const common = commonNameOf(certificate)
  const shown = names.length === 0 && common !== undefined ? [common] : names
  return {
    code: 'tlsHostMismatch',
    field: namedBy === 'serverName' ? 'tls.serverName' : 'host',
    values: { names: listed(shown), host: serverName, detail: nameKind(certificate, serverName), namedBy },
  }
}

/** Names the certificate that is not valid now, and its dates. */
const outOfTime =
  (code: ErrorCode, state: ReturnType<typeof stateOf>): Reading =>
  (chain, { now, authorities }) => {
    const culprit = [...chain, ...(authorities?.certificates ?? [])].find((one) => stateOf(one, now) === state)
    const whose = culprit && culprit !== chain[0] ? 'authority' : 'server'
    const shown = culprit ?? chain[0]
    return { code, values: { whose, subject: calledOf(shown?.subject), ...(shown && datesOf(shown, now)) } }
  }

/**
 * Whether what is missing is more likely an authority between the root and the server: roots rarely publish where their
 * own certificate is (RFC 5280 §4.2.2.1), and often share their organization with those below them.
 */
const isLikelyIntermediate = (top: X509Certificate, { authorities }: ServerCheck): boolean => {
  const organization = organizationOf(top.issuer)
  const related = authorities?.certificates.some(
    ({ subject }) => organization !== undefined && organizationOf(subject) === organization,
  )
  return (
    related === true ||
    /CA Issuers/.test(top.infoAccess ?? '') ||
    /intermediate|issuing|\bsub(ordinate)?[ -]?ca\b/i.test(calledOf(top.issuer))
  )
}

const fileFacts = ({ authorities }: ServerCheck) => ({
  from: authorities ? 'file' : 'system',
  file: authorities?.file ?? '',
})

const unknownAuthority: Reading = (chain, check) => {
  const top = chain.at(-1)
  const field = 'tls.caFile'
  if (!top) return { code: 'tlsCertificateInvalid' }
  const sameName = check.authorities?.certificates.some(({ subject }) => subject === top.issuer) === true
  const isSelfSigned = top.subject === top.issuer && top.checkIssued(top)
  const values = {
    ...fileFacts(check),
    detail: calledOf(top.issuer),
    sameName: sameName ? 'yes' : 'no',
    sent: isSelfSigned ? 'yes' : 'no',
  }
  if (isSelfSigned && chain.length === 1) return { code: 'tlsSelfSigned', field, values }
  if (isSelfSigned || sameName || !isLikelyIntermediate(top, check))
    return { code: 'tlsUnknownAuthority', field, values }
  return { code: 'tlsIntermediateMissing', field, values }
}

const notRoot: Reading = (chain, check) => {
  const prints = new Set(chain.map(({ fingerprint256 }) => fingerprint256))
  const { certificates = [] } = check.authorities ?? {}
  const used =
    certificates.find(({ fingerprint256 }) => prints.has(fingerprint256)) ??
    certificates.find((one) => chain.some((below) => below.checkIssued(one)))
  return {
    code: 'tlsCaFileNotRoot',
    field: 'tls.caFile',
    values: { ...fileFacts(check), subject: calledOf(used?.subject), issuer: calledOf(used?.issuer) },
  }
}

/** OpenSSL reports a wrong purpose also where the certificate that signed is not that of an authority. */
const wrongPurpose: Reading = (chain) => {
  const culprit = chain.slice(1).find(({ ca }) => !ca)
  const values = culprit
    ? { detail: 'authority', issuer: calledOf(culprit.subject) }
    : { detail: 'server', issuer: calledOf(chain[0]?.issuer) }
  return { code: 'tlsCertificatePurpose', values }
}
const noAuthority: Reading = (chain) => ({
  code: 'tlsCertificatePurpose',
  values: {
    detail: 'authority',
    issuer: calledOf((chain.slice(1).find(({ ca }) => !ca) ?? chain[1] ?? chain[0])?.subject),
  },
})
const invalid =
  (detail: string): Reading =>
  () => ({ code: 'tlsCertificateInvalid', values: { detail } })

/** By Node's names (those of X509_V_ERR), and one of our own. */
const readings = new Map<string, Reading>([
  ['TRUST_AS_IT_IS', notRoot],
  ['CERT_HAS_EXPIRED', outOfTime('tlsCertificateExpired', 'expired')],
  ['CERT_NOT_YET_VALID', outOfTime('tlsCertificateNotYetValid', 'notYet')],
  ['ERR_TLS_CERT_ALTNAME_INVALID', wrongName],
  ['HOSTNAME_MISMATCH', wrongName],
  ['IP_ADDRESS_MISMATCH', wrongName],
  ['UNABLE_TO_GET_ISSUER_CERT', unknownAuthority],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', unknownAuthority],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ['SELF_SIGNED_CERT_IN_CHAIN', unknownAuthority],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', unknownAuthority],
  ['CERT_UNTRUSTED', unknownAuthority],
  ['INVALID_PURPOSE', wrongPurpose],
  ['INVALID_CA', noAuthority],
  ['INVALID_NON_CA', noAuthority],
  ['KEYUSAGE_NO_CERTSIGN', noAuthority],
  ['PATH_LENGTH_EXCEEDED', noAuthority],
  ['CERT_CHAIN_TOO_LONG', noAuthority],
  ['CERT_SIGNATURE_FAILURE', invalid('signature')],
  ['UNABLE_TO_DECRYPT_CERT_SIGNATURE', invalid('signature')],
  ['CERT_REVOKED', invalid('revoked')],
  ['CERT_REJECTED', invalid('other')],
])

/** Why a server's certificate was refused by us. `problem` is Node's name for it. */
export const serverCertificateFailure = (problem: string, chain: Chain, check: ServerCheck): AppError => {
  const { code, field, values } = readingOf(problem)(chain, check)
  const message = [`The server's certificate was refused: ${problem}`, ...chain.map(evidence)].join('; ')
  return { code, message, ...(field !== undefined && { field }), values: { ...check.place, ...values } }
}

const weak: Reading = () => ({ code: 'tlsCertificateWeak' })

const readingOf = (problem: string): Reading =>
  readings.get(problem) ?? (/TOO_SMALL|TOO_WEAK|STRICT|SECURITY/.test(problem) ? weak : invalid('other'))

const evidence = (certificate: X509Certificate) =>
  `${lineOf(certificate.subject)}, signed by ${lineOf(certificate.issuer)}, ${certificate.validFrom} to ${certificate.validTo}, SHA-256 ${certificate.fingerprint256}`
