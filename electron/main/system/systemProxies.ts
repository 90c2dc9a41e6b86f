import { session } from 'electron'

/**
 * Asks the system which proxy a URL takes. The page's own session is cut off from the network, so that another one, which no page
 * has and which is only asked, follows the system.
 */
export const askSystemProxies = async (url: string): Promise<string> => {
  const asking = session.fromPartition('system-proxies', { cache: false })
  await asking.setProxy({ mode: 'system' })
  return asking.resolveProxy(url)
}
