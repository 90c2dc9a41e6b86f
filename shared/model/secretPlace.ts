// Why it is so: build/docs/decisions/70-a-secret-belongs-to-its-place.md
import type { ProxySettings } from './network'
import { usesTls, usesWebSocket, type Profile, type SecretName } from './profile'

/** Where a secret goes from this profile, as a text to compare. One that was entered for another place does not belong. */
export const secretPlace = (profile: Profile, name: SecretName): string => JSON.stringify(places[name](profile))

/** Whether a secret that was entered for one profile belongs to the other. */
export const isSamePlace = (one: Profile, other: Profile, name: SecretName): boolean =>
  secretPlace(one, name) === secretPlace(other, name)

/**
 * Who receives the password: the server at this address, or the one that this path, name or protocol leads to behind it,
 * and whoever may stand in for it by how its certificate is judged: all of TLS but our own certificate counts. The broker
 * inside the application is one place wherever it listens. User name and client ID change nothing in that.
 */
const passwordPlace = (profile: Profile): readonly unknown[] => {
  const { kind, scheme, host, port, path, signing } = profile
  const { certificateFile: _certificate, keyFile: _key, pkcs12File: _pkcs12, ...trust } = profile.tls
  if (kind === 'local') return [kind]
  return [
    kind,
    scheme,
    host.toLowerCase(),
    port,
    usesWebSocket(scheme) ? path : null,
    usesTls(scheme) ? Object.entries(trust).sort() : null,
    // A key of which credentials are made is not sent; else it would be, to whoever is there.
    ...(signing.method === 'none' ? [] : [signing.method]),
    ...proxyOnTheWay(profile),
  ]
}

/** A proxy reads what goes through it, and may answer in the server's place, unless the server's certificate is checked. */
const proxyOnTheWay = ({ scheme, tls, network: { proxy } }: Profile): readonly unknown[] => {
  const isSeen = proxy.kind !== 'none' && !(usesTls(scheme) && tls.verify)
  return isSeen ? proxyPlace(proxy) : []
}

/** Who receives the proxy's password. */
const proxyPlace = ({ kind, host, port }: ProxySettings): readonly unknown[] => [kind, host.toLowerCase(), port]

/** Nobody receives a passphrase: it opens the file of a key, here. */
const passphrasePlace = ({ tls }: Profile): readonly unknown[] => [tls.keyFile, tls.pkcs12File]

const places: Readonly<Record<SecretName, (profile: Profile) => readonly unknown[]>> = {
  password: passwordPlace,
  keyPassphrase: passphrasePlace,
  proxyPassword: ({ network }) => proxyPlace(network.proxy),
}
