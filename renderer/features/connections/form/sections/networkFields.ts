import { addressFamilies, isOwnProxy, proxyKinds, type AddressFamily, type ProxyKind } from '#shared/model/network'
import type { DraftForm } from '../draftForm'
import type { ProfileField } from '../profileField'
import { ProxyPasswordField } from '../secretFields'

const proxyOf = ({ draft }: DraftForm) => draft.profile.network.proxy
const isOwn = (form: DraftForm) => isOwnProxy(proxyOf(form).kind)

const kindHints: Partial<Record<ProxyKind, 'proxyEnvironmentHint' | 'proxySystemHint'>> = {
  environment: 'proxyEnvironmentHint',
  system: 'proxySystemHint',
}

const inFold = { section: 'general', fold: 'network' } as const
const ofProxy = { ...inFold, isShown: isOwn } as const

export const networkFields: readonly ProfileField[] = [
  {
    ...inFold,
    kind: 'select',
    path: 'network.proxy.kind',
    width: 'whole',
    label: 'fields.network.proxy.kind',
    options: proxyKinds,
    wordsOf: (kind) => `proxyKinds.${kind as ProxyKind}`,
    hint: (form) => kindHints[proxyOf(form).kind],
  },
  {
    ...ofProxy,
    kind: 'text',
    path: 'network.proxy.host',
    width: 'twoThirds',
    mono: true,
    label: 'fields.network.proxy.host',
  },
  {
    ...ofProxy,
    kind: 'number',
    path: 'network.proxy.port',
    width: 'third',
    mono: true,
    label: 'fields.network.proxy.port',
    hint: (form) => (proxyOf(form).kind === 'http' ? 'proxyHttpPortHint' : 'proxySocksPortHint'),
  },
  {
    ...ofProxy,
    kind: 'text',
    path: 'network.proxy.username',
    width: 'half',
    label: 'fields.network.proxy.username',
  },
  { ...ofProxy, kind: 'own', path: 'proxyPassword', width: 'half', Component: ProxyPasswordField },
  {
    ...inFold,
    kind: 'select',
    path: 'network.family',
    width: 'third',
    label: 'fields.network.family',
    options: addressFamilies,
    wordsOf: (family) => `addressFamilies.${family as AddressFamily}`,
  },
  {
    ...inFold,
    kind: 'text',
    path: 'network.localAddress',
    width: 'twoThirds',
    mono: true,
    label: 'fields.network.localAddress',
    hint: 'localAddressHint',
  },
]
