import { z } from 'zod'
import { addedFields, optionalWhole } from './fieldSchemas'

/**
 * What stands between this computer and the server. `socks5` is told an address that was found here, `socks5Name` the name, which
 * the proxy resolves; `environment` = as HTTPS_PROXY, ALL_PROXY and NO_PROXY say at each connect, `system` = as its settings do.
 */
export const proxyKinds = ['none', 'http', 'socks5', 'socks5Name', 'environment', 'system'] as const
export type ProxyKind = (typeof proxyKinds)[number]

/** Of them those that are set up here. */
export const isOwnProxy = (kind: ProxyKind): kind is OwnProxyKind =>
  kind !== 'none' && kind !== 'environment' && kind !== 'system'
export type OwnProxyKind = Exclude<ProxyKind, 'none' | 'environment' | 'system'>

/** Where a proxy listens that names no port: IANA's for SOCKS, and what HTTP proxies are usually found at. */
export const usualProxyPorts: Readonly<Record<OwnProxyKind, number>> = { http: 8080, socks5: 1080, socks5Name: 1080 }

const proxySchema = z
  .object(
    addedFields({
      kind: z.enum(proxyKinds).default('none'),
      host: z
        .string()
        .trim()
        .max(253, 'tooLong')
        .refine((host) => !/[\s/?#@]|:\/\//.test(host), 'hostOnly')
        .default(''),
      /** Null = the usual one of its kind. */
      port: optionalWhole(1, 65_535),
      /** RFC 1929 has one byte for its length; '' = none. */
      username: z.string().max(255, 'tooLong').default(''),
    }),
  )
  .superRefine(({ kind, host }, context) => {
    if (isOwnProxy(kind) && host === '') context.addIssue({ code: 'custom', path: ['host'], message: 'required' })
  })
export type ProxySettings = z.infer<typeof proxySchema>

export const addressFamilies = ['any', 'ipv4', 'ipv6'] as const
/** Which addresses of a name are dialled. */
export type AddressFamily = (typeof addressFamilies)[number]

const ipSchema = z.union([z.ipv4(), z.ipv6(), z.literal('')], { error: 'ipAddress' })

/** The way to the server, below MQTT, WebSocket and TLS. */
export const networkSchema = z.object(
  addedFields({
    family: z.enum(addressFamilies).default('any'),
    /** The address of this computer that connections come from; '' = as the system chooses. */
    localAddress: z.string().trim().pipe(ipSchema).default(''),
    proxy: proxySchema.prefault({}),
  }),
)
export type NetworkSettings = z.infer<typeof networkSchema>
