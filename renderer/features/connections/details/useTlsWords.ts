import { useTranslations } from 'use-intl'
import { usesTls, type Profile } from '#shared/model/profile'
import type { SessionPhase } from '#shared/model/session'
import type { CertificateFacts, TlsFacts } from '#shared/model/tlsFacts'
import { useErrorText } from '../../../i18n/useErrorText'
import { formatIso } from '../../../ui/format'

export interface NamedValue {
  readonly name: string
  /** May be a server's text. */
  readonly value: string
}

export interface TlsWords {
  /** How the connection stands, in a sentence. */
  readonly summary: string
  readonly agreed: readonly NamedValue[]
  /** The server's certificate, then whoever signed the one before. */
  readonly certificates: readonly { readonly title: string; readonly values: readonly NamedValue[] }[]
}

const day = (time: number) => formatIso(time).slice(0, 10)

/** What TLS agreed on, as it is read. */
export const useTlsWords = (): ((state: SessionPhase, profile: Profile) => TlsWords) => {
  const t = useTranslations('connections.details')
  const errorText = useErrorText()
  const agreed = ({
    version,
    cipher,
    alpn,
    serverName,
    isAnyName,
    keyLogFile,
    trustedBy,
    problem,
  }: TlsFacts): NamedValue[] => [
    { name: t('tlsFacts.version'), value: version },
    { name: t('tlsFacts.cipher'), value: cipher },
    { name: t('tlsFacts.alpn'), value: alpn ?? t('nothing') },
    { name: t('tlsFacts.serverName'), value: isAnyName ? t('tlsFacts.anyName', { name: serverName }) : serverName },
    { name: t('tlsFacts.trust'), value: t(`trustedBy.${trustedBy}`) },
    ...(problem ? [{ name: t('tlsFacts.problem'), value: errorText(problem) }] : []),
    ...(keyLogFile === '' ? [] : [{ name: t('tlsFacts.keyLogFile'), value: keyLogFile }]),
  ]
  const certificate = (facts: CertificateFacts, index: number) => ({
    title: index === 0 ? t('tlsFacts.certificate') : t('tlsFacts.signer', { place: index }),
    values: [
      { name: t('tlsFacts.subject'), value: facts.subject },
      { name: t('tlsFacts.issuer'), value: facts.issuer },
      {
        name: t('tlsFacts.valid'),
        value: t('tlsFacts.fromTo', { from: day(facts.validFrom), to: day(facts.validTo) }),
      },
      ...(facts.names.length > 0 ? [{ name: t('tlsFacts.names'), value: namesOf(facts) }] : []),
      { name: t('tlsFacts.fingerprint'), value: facts.fingerprint },
    ],
  })
  return (state, { scheme }) => {
    if (state.phase !== 'online')
      return { summary: usesTls(scheme) ? t('offline') : t('plain', { scheme }), agreed: [], certificates: [] }
    if (!state.tls) return { summary: t('plain', { scheme }), agreed: [], certificates: [] }
    const summary = `${t('encrypted')} ${state.verified ? t('verified') : t('notVerified')}`
    return { summary, agreed: agreed(state.tls), certificates: state.tls.chain.map(certificate) }
  }
}

const namesOf = ({ names, furtherNames }: CertificateFacts): string =>
  `${names.join(', ')}${furtherNames > 0 ? ` … (+${furtherNames})` : ''}`
