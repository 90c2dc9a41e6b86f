import type { DoctorRemark } from '#shared/model/doctor'
import { urlHost } from '#shared/address/urlHost'
import { usesWebSocket, type Profile } from '#shared/model/profile'
import { maskedPath } from '#shared/text/maskedPath'
import { remark } from './stepList'

/** A URL of these settings without what its query may hold of secrets. */
export const urlText = ({ scheme, host, port, path }: Profile): string => {
  return `${scheme}://${urlHost(host)}:${port}${usesWebSocket(scheme) ? maskedPath(path === '' ? '/' : path) : ''}`
}

/** What the steps of a connection tell beside its settings. */
export interface Told {
  readonly clientId: string
  readonly credentials: string
  /** Address and port of the proxy it goes through; null = it goes straight to the broker. */
  readonly proxy: string | null
}

/** What a step of the connection tries. */
export const connectionTried = (
  step: string,
  profile: Profile,
  { clientId, credentials, proxy }: Told,
): DoctorRemark | null => {
  const { protocolVersion: version, connectTimeoutSeconds: seconds, tls, host } = profile
  switch (step) {
    case 'proxy':
      return remark('askProxy', { proxy: proxy ?? '', target: `${urlHost(host)}:${profile.port}` })
    case 'tls':
      return remark('handshake', {
        name: tls.serverName.trim() === '' ? host : tls.serverName.trim(),
        verify: tls.verify ? 'yes' : 'no',
      })
    case 'webSocket':
      return remark('upgrade', { url: urlText(profile) })
    case 'connect':
      return remark('sendConnect', { version, clientId, credentials })
    case 'connack':
      return remark('awaitConnack', { seconds })
    default:
      return null
  }
}
