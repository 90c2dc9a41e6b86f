import type { AppError } from '#shared/result'

/** What a certificate says of itself. Its texts are whoever's made it: untrusted, and at most 300 characters each. */
export interface CertificateFacts {
  /** In one line, e.g. `CN=broker, O=Plant`. */
  readonly subject: string
  readonly issuer: string
  /** Milliseconds since 1970, UTC. */
  readonly validFrom: number
  readonly validTo: number
  /** Subject alternative names with their kind (`DNS:…`, `IP Address:…`), at most 50. */
  readonly names: readonly string[]
  /** How many names there are besides. */
  readonly furtherNames: number
  /** SHA-256 over the whole certificate: pairs of hexadecimal digits with colons between them. */
  readonly fingerprint: string
  /** Whether it may sign certificates. */
  readonly isAuthority: boolean
}

/**
 * Why a server's certificate is trusted: an authority of this system, one of the CA file, the CA file's certificate as
 * it is (`tls.trustCaFileAsItIs`), a pin alone (`tls.pins` where nothing else is verified), or nothing: it was not to be verified.
 */
export type TrustedBy = 'system' | 'caFile' | 'caFileAsItIs' | 'pin' | 'nothing'

/** What TLS agreed on, and whom the server showed itself to be. */
export interface TlsFacts {
  /** As in `TLSv1.3`. */
  readonly version: string
  /** IANA's name of the cipher suite. */
  readonly cipher: string
  /** The protocol name the server chose (ALPN, RFC 7301); null = it chose none. */
  readonly alpn: string | null
  /** The name that was asked for and that the certificate has to hold. */
  readonly serverName: string
  /** The server's certificate, then whoever signed the one before, as far as they were sent or are trusted here. */
  readonly chain: readonly CertificateFacts[]
  /** The one we showed; null = none. */
  readonly own: CertificateFacts | null
  readonly trustedBy: TrustedBy
  /** Whether the name in the certificate was not compared with the server's. */
  readonly isAnyName: boolean
  /** The path of the file that gets the secrets of the session; '' = none does. */
  readonly keyLogFile: string
  /** What verification would have said where it is off; null = the certificate is good. */
  readonly problem: AppError | null
}
