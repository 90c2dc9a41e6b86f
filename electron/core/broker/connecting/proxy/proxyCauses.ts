import type { Remedy } from '#shared/model/failure'
import { networkSchema } from '#shared/model/network'
import type { ErrorCode } from '#shared/result'
import { hopeless, passing, type FailureCause } from '../failureCause'
import { changeSettings, tryOnce, type FailureFacts } from '../remedies'

const { proxy: noProxy } = networkSchema.parse({})

const withoutProxy = (): Remedy => tryOnce('goWithoutProxy', { network: { proxy: noProxy } })
const otherKind = ({ tried }: FailureFacts) => changeSettings('changeProxyKind', 'network.proxy.kind', tried)

/** A proxy of the environment or of the system is changed there; here another kind can be chosen. */
const fieldFor = (id: 'changeProxy' | 'changeProxyUser', field: string) => (facts: FailureFacts) =>
  facts.error.values?.['from'] === 'settings' ? [changeSettings(id, field, facts.tried)] : []
const otherPlace = fieldFor('changeProxy', 'network.proxy.host')
const otherUser = fieldFor('changeProxyUser', 'network.proxy.username')

const aboutTarget = ({ tried }: FailureFacts) => [
  changeSettings('changePort', 'port', tried),
  changeSettings('changeHost', 'host', tried),
]

/** What ends a connection at a proxy; `connecting/failureCauses` has them among all. */
export const proxyCauses: Readonly<Partial<Record<ErrorCode, FailureCause>>> = {
  proxyUnusable: hopeless((facts) => [otherKind(facts), withoutProxy()]),
  proxyNotReached: passing((facts) => [...otherPlace(facts), withoutProxy()]),
  proxySilent: { retries: 'few', remedies: (facts) => [otherKind(facts), ...aboutTarget(facts), withoutProxy()] },
  proxyClosed: { retries: 'few', remedies: (facts) => [otherKind(facts), ...otherPlace(facts), withoutProxy()] },
  proxyNotProxy: hopeless((facts) => [otherKind(facts), ...otherPlace(facts), withoutProxy()]),
  proxyCredentials: hopeless((facts) => [...otherUser(facts), withoutProxy()]),
  proxyRefused: hopeless((facts) => [...aboutTarget(facts), ...otherPlace(facts), withoutProxy()]),
  proxyTargetFailed: passing((facts) => [...aboutTarget(facts), withoutProxy()]),
}
