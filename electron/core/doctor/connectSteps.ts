import type { DoctorRemark, DoctorStepName } from '#shared/model/doctor'
import type { ConnectionFailure } from '#shared/model/failure'
import { usesTls, usesWebSocket, type Profile } from '#shared/model/profile'
import type { ConnectionStep } from '#shared/model/packets'
import type { TlsFacts } from '#shared/model/tlsFacts'
import { connectionTried, type Told } from './tried'
import { remark, type BegunStep, type StepList } from './stepList'
import type { ConnectionWatch } from './watchedRecorder'

/** Steps that one network connection goes through, in their order; the proxy's comes from what openConnection tells of it. */
const order = ['proxy', 'tls', 'webSocket', 'connect', 'connack'] as const
type OrderedStep = (typeof order)[number]

const isUsedBy = (step: OrderedStep, { scheme }: Profile, { proxy }: Told): boolean => {
  if (step === 'proxy') return proxy !== null
  if (step === 'tls') return usesTls(scheme)
  return step === 'webSocket' ? usesWebSocket(scheme) : true
}

const isOrdered = (step: string): step is OrderedStep => order.some((one) => one === step)

export interface ConnectSteps extends ConnectionWatch {
  /** The server accepted: all that came before stands. */
  accepted(seen: readonly DoctorRemark[]): void
  failed(failure: ConnectionFailure): void
  /** What TLS agreed on, which is known when the connection was opened. */
  tellTls(facts: TlsFacts, now: number): void
  tell(step: DoctorStepName, told: Parameters<BegunStep['tell']>[0]): void
}

/** Turns what becomes of a network connection into steps. */
export const createConnectSteps = (list: StepList, profile: Profile, told: Told): ConnectSteps => {
  const isUsed = (step: OrderedStep) => isUsedBy(step, profile, told)
  const begun = new Map<OrderedStep, BegunStep>()
  let next = 0
  let sentBytes = 0

  /** The steps up to this one have succeeded, or are not used. */
  const advanceTo = (step: OrderedStep) => {
    const place = order.indexOf(step)
    for (; next < place; next++) endStep(order[next] ?? step)
    if (next > place || begun.has(step)) return
    begun.set(step, list.begin(step, connectionTried(step, profile, told)))
  }
  const endStep = (step: OrderedStep) => {
    const known = begun.get(step)
    if (known?.isRunning() === true) known.end('ok', { concluded: concludedOf(step) })
    else if (!known && !isUsed(step)) list.skip(step, skipReason(step, profile))
  }
  const failStep = (step: OrderedStep, failure: ConnectionFailure) => {
    advanceTo(step)
    const words = failure.technical === '' ? [] : [remark('words', { text: failure.technical })]
    begun.get(step)?.end('failed', { seen: words, failure })
    for (const rest of order.slice(order.indexOf(step) + 1)) {
      const known = begun.get(rest)
      if (known?.isRunning() === true) known.end('skipped', { concluded: [remark('notReached')] })
      if (!known) list.skip(rest, isUsed(rest) ? remark('notReached') : skipReason(rest, profile))
    }
    next = order.length
  }
  return {
    onStep: (step: ConnectionStep) => {
      if (isOrdered(step)) advanceTo(step)
    },
    onSent: (bytes) => {
      if (begun.has('connack')) return
      sentBytes += bytes
      advanceTo('connect')
      begun.get('connect')?.tell({ seen: [remark('sentBytes', { count: sentBytes })] })
      advanceTo('connack')
    },
    accepted: (seen) => {
      advanceTo('connack')
      begun.get('connack')?.end('ok', { seen, concluded: [remark('connackCame')] })
      next = order.length
    },
    failed: (failure) => failStep(stepOf(failure, isUsed, begun.has('connack')), failure),
    tellTls: (facts, now) => begun.get('tls')?.tell(tlsRemarks(facts, now)),
    tell: (step, remarks) => {
      if (isOrdered(step)) begun.get(step)?.tell(remarks)
    },
  }
}

/**
 * The step that a failure ended. Once CONNECT is out, what is missing is its answer; where the socket came to nothing although its
 * address was reached before, it is the first step that needs one.
 */
const stepOf = ({ stage }: ConnectionFailure, isUsed: (step: OrderedStep) => boolean, isSent: boolean): OrderedStep => {
  if (isSent && stage === 'connect') return 'connack'
  return isOrdered(stage) ? stage : (order.find(isUsed) ?? 'connect')
}

const skipReason = (step: OrderedStep, { scheme }: Profile): DoctorRemark =>
  step === 'proxy' ? remark('noProxy') : remark('notUsed', { scheme })

/** What TLS agreed on is told when it is known. */
const concludedOf = (step: OrderedStep): readonly DoctorRemark[] => {
  if (step === 'proxy') return [remark('tunnelStands')]
  if (step === 'webSocket') return [remark('isWebSocket')]
  return step === 'connect' ? [remark('connectSent')] : []
}

const dayMs = 24 * 3_600_000
const soonDays = 30

const tlsRemarks = ({ version, cipher, alpn, chain, trustedBy }: TlsFacts, now: number) => {
  const [certificate] = chain
  const days = certificate ? Math.floor((certificate.validTo - now) / dayMs) : soonDays
  return {
    seen: [
      remark('agreedTls', { version, cipher, alpn: alpn ?? '–' }),
      ...(certificate
        ? [
            remark('certificate', {
              subject: certificate.subject,
              issuer: certificate.issuer,
              from: new Date(certificate.validFrom).toISOString().slice(0, 10),
              to: new Date(certificate.validTo).toISOString().slice(0, 10),
            }),
          ]
        : []),
    ],
    concluded: [
      remark(trustedBy === 'nothing' ? 'notVerified' : 'trusted', { by: trustedBy }),
      ...(days >= 0 && days < soonDays ? [remark('expiresSoon', { days })] : []),
      ...(certificate && now >= certificate.validFrom && now <= certificate.validTo ? [remark('clockFits')] : []),
    ],
  }
}
