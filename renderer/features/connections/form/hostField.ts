import { addressParts } from '#shared/address/addressParts'
import { defaultPorts } from '#shared/model/profile'
import { textAt, withSecret, withText, type ProfileDraft } from './profileDraft'

/** The draft with an address that stands in its host field split into the fields it belongs to. */
export const withAddressSplit = (draft: ProfileDraft): ProfileDraft => {
  const { profile } = draft
  const parts = profile.kind === 'local' ? null : addressParts(profile.host)
  if (!parts) return draft
  const { scheme = profile.scheme, host, port, path, username, password } = parts
  if (host === profile.host && Object.keys(parts).length === 1) return draft
  const portBefore = textAt(draft, 'port') ?? ''
  const changesScheme = scheme !== profile.scheme
  const isUsual = portBefore.trim() === String(defaultPorts[profile.scheme])
  const split = {
    ...draft,
    profile: {
      ...profile,
      scheme,
      host,
      ...(path !== undefined && { path }),
      ...(username !== undefined && { username }),
      ...(password !== undefined && { usePassword: true }),
    },
  }
  const withPort = withText(
    split,
    'port',
    port ?? (changesScheme && isUsual ? String(defaultPorts[scheme]) : portBefore),
  )
  return password === undefined ? withPort : withSecret(withPort, 'password', { typed: password })
}
