import { createHmac } from 'node:crypto'

export interface SasRequest {
  /** What the token is for, e.g. `hub.azure-devices.net/devices/pump`. */
  readonly resource: string
  readonly key: Uint8Array
  /** '' = the key is a device's own. */
  readonly policyName: string
  /** Seconds since 1970. */
  readonly expiresAt: number
}

/**
 * A shared access signature of Azure IoT Hub: HMAC-SHA256 over the encoded resource, a line feed and the expiry
 * (https://learn.microsoft.com/azure/iot-hub/authenticate-authorize-sas, "SAS token structure").
 */
export const sharedAccessSignature = ({ resource, key, policyName, expiresAt }: SasRequest): string => {
  const encoded = encodeURIComponent(resource)
  const signature = createHmac('sha256', key).update(`${encoded}\n${expiresAt}`).digest('base64')
  const policy = policyName === '' ? '' : `&skn=${encodeURIComponent(policyName)}`
  return `SharedAccessSignature sr=${encoded}&sig=${encodeURIComponent(signature)}&se=${expiresAt}${policy}`
}
