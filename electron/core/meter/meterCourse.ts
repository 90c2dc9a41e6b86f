import type { MeterPhase } from '#shared/model/meter'
import type { SenderEnd } from '#shared/model/sender'
import type { AppError } from '#shared/result'
import type { SenderClock } from '../senders/schedule/senderClock'

export interface MeterCourseParts {
  readonly clock: SenderClock
  readonly lateAfterMs: number
  /** Whether we send ourselves. */
  readonly sends: boolean
  readonly stopSender: () => void
  /** Time has passed. */
  readonly onTick: () => void
  /** Called once, before `onChange` tells of it. */
  readonly onOver: () => void
  readonly onChange: () => void
}

/** The turns of a meter. */
export interface MeterCourse {
  phase(): MeterPhase
  isOver(): boolean
  /** The broker granted the filter: what is sent from now on can arrive. */
  granted(): void
  fail(error: AppError): void
  /** All was given to the connection (null), or no more is, and why. */
  allSent(why: SenderEnd | null): void
  arrived(): void
  /** Sends no more, and waits for what is on its way; once more, or where others send: it is over. */
  stop(): void
  /** What became of the connection on which messages arrive. `ended` = it does not come back by itself. */
  receiverChanged(state: ReceiverState): void
  /** Whether the receiver was away for a time. */
  wasAway(): boolean
  /** Ends it and tells nothing more. */
  close(): void
}

export type ReceiverState = 'online' | 'away' | 'ended'

/** What changed is told, and what is late is looked for, so often. */
const everyMs = 250

type FinishReason = Extract<MeterPhase, { kind: 'finished' }>['why']

/**
 * When all is sent, a meter is over as soon as nothing has come for as long as a message may take; not while the receiver is away,
 * because a Session may bring what was sent meanwhile.
 */
export const createMeterCourse = (parts: MeterCourseParts): MeterCourse => {
  const { clock, lateAfterMs, onChange } = parts
  let phase: MeterPhase = { kind: 'subscribing' }
  let cancelTick: (() => void) | null = null
  let finishesAs: FinishReason = 'complete'
  let lastEventAt = 0
  let quietTicks = 0
  let isAway = false
  let wasAway = false

  const isOver = () => phase.kind === 'finished' || phase.kind === 'failed'
  const enter = (next: MeterPhase) => {
    phase = next
    onChange()
  }
  const end = (next: Extract<MeterPhase, { kind: 'finished' | 'failed' }>) => {
    if (isOver()) return
    cancelTick?.()
    parts.onOver()
    enter(next)
  }
  const finish = (why: FinishReason) => end({ kind: 'finished', why })
  const noteEvent = () => void (lastEventAt = clock.now())

  const tick = () => {
    parts.onTick()
    const isQuiet = phase.kind === 'settling' && !isAway && clock.now() - lastEventAt > lateAfterMs
    quietTicks = isQuiet ? quietTicks + 1 : 0
    // Not at the first: after this computer stood still, timers come before what has arrived meanwhile.
    if (quietTicks > 1) {
      finish(finishesAs)
      return
    }
    cancelTick = clock.after(everyMs, tick)
    onChange()
  }
  return {
    phase: () => phase,
    isOver,
    granted: () => {
      cancelTick = clock.after(everyMs, tick)
      enter({ kind: 'running' })
    },
    fail: (error) => end({ kind: 'failed', error }),
    allSent: (why) => {
      if (phase.kind !== 'running') return
      if (why?.kind === 'impossible') {
        end({ kind: 'failed', error: why.error })
        return
      }
      if (why && why.kind !== 'finished') finishesAs = why.kind
      noteEvent()
      enter({ kind: 'settling' })
    },
    arrived: noteEvent,
    stop: () => {
      const isAskedAgain = phase.kind === 'settling'
      if (phase.kind === 'running' && parts.sends) parts.stopSender()
      // Where nothing was sent yet, there is nothing to wait for.
      if (phase.kind !== 'settling' || isAskedAgain) finish('stopped')
    },
    receiverChanged: (state) => {
      if (state === 'ended') finish('connectionEnded')
      else if (state === 'away') isAway = wasAway = true
      else if (isAway) {
        isAway = false
        noteEvent()
      }
    },
    wasAway: () => wasAway,
    close: () => {
      if (isOver()) return
      phase = { kind: 'finished', why: 'stopped' }
      cancelTick?.()
      parts.onOver()
    },
  }
}
