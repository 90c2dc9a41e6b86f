import { useTranslations } from 'use-intl'
import type { Profile } from '#shared/model/profile'
import type { SessionState } from '#shared/model/session'

/** How the connection is protected. */
export function TlsSection({ state, profile }: { readonly state: SessionState; readonly profile: Profile }) {
  const t = useTranslations('connections.details')
  const lines = tlsLines(state, profile)
  return lines.map((key) => <p key={key}>{t(key, { scheme: profile.scheme })}</p>)
}

type TlsLine = 'offline' | 'plain' | 'encrypted' | 'verified' | 'notVerified'

export const tlsLines = (state: SessionState, { scheme }: Profile): readonly TlsLine[] => {
  if (state.phase !== 'online') return scheme === 'mqtts' || scheme === 'wss' ? ['offline'] : ['plain']
  if (!state.encrypted) return ['plain']
  return ['encrypted', state.verified ? 'verified' : 'notVerified']
}
