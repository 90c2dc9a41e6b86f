import {
  faultKey,
  hexBytes,
  withFault,
  withoutFault,
  type FaultDeed,
  type FaultsStatus,
  type FaultScenario,
  type LastingFault,
  type MomentaryFault,
} from '#shared/model/fault'
import { fail, ok, type AppError, type Result } from '#shared/result'
import type { Acknowledgement } from '../packets/controlPacket'
import { createExpectedAnswers } from './expectedAnswers'
import { createFaultJournal } from './faultJournal'
import { createFaultLine, type ControlledLine, type FaultLine, type FaultRules, type Wire } from './faultLine'
import { runScenario, type ScenarioRun } from './scenarioRun'

/** A network connection, as faults end it. */
export interface FaultedConnection {
  readonly isVersion5: boolean
  /** Sends RST; false where the socket cannot (then FIN follows). */
  reset(): boolean
  /** Ends it for this reason. */
  fail(reason: AppError): void
}

/** A second connection with the client ID of the first. */
export interface SecondConnection {
  close(): void
}

export interface ConnectionFaultsParts {
  readonly connectionId: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly onChange: () => void
  /** Puts a line into the timeline of the packets. */
  readonly onStep: (text: string) => void
}

/** Faults on purpose on one connection of the person's list, over all its network connections. */
export interface ConnectionFaults {
  status(): FaultsStatus
  arm(isArmed: boolean): void
  set(lasting: readonly LastingFault[]): Result<null>
  act(fault: MomentaryFault): Result<null>
  run(scenario: FaultScenario): Result<null>
  stop(): void
  /** A network connection begins. */
  begin(wire: Wire, connection: FaultedConnection): FaultLine
  /** How a second connection is opened; `onEnd` is called when it ends by itself. */
  onConnectTwice(open: (told: { onOnline: () => void; onEnd: (why: string) => void }) => SecondConnection): void
  /** Whether an answer belongs to a packet of ours that no message waits for. */
  takesAnswer(packet: Acknowledgement): boolean
}

export const createConnectionFaults = ({
  connectionId,
  now,
  onChange,
  onStep,
}: ConnectionFaultsParts): ConnectionFaults => {
  let isArmed = false
  let lasting: readonly LastingFault[] = []
  let current: { readonly line: ControlledLine; readonly connection: FaultedConnection } | null = null
  let scenario: ScenarioRun | null = null
  let second: SecondConnection | null = null
  let openSecond: Parameters<ConnectionFaults['onConnectTwice']>[0] | null = null
  const answers = createExpectedAnswers()
  const journal = createFaultJournal(now, ({ what, about }) => {
    onStep(about === '' ? what : `${what}: ${about}`)
    onChange()
  })

  const find: FaultRules['find'] = (kind, about) => {
    if (!isArmed) return null
    const key = about === undefined ? kind : `${kind} ${about}`
    return (lasting.find((fault) => faultKey(fault) === key) ?? null) as ReturnType<FaultRules['find']> as never
  }
  const switchTo = (wanted: readonly LastingFault[]) => {
    const isIn = (list: readonly LastingFault[], fault: LastingFault) =>
      list.some((one) => JSON.stringify(one) === JSON.stringify(fault))
    const ended = lasting.filter((fault) => !isIn(wanted, fault))
    const begun = wanted.filter((fault) => !isIn(lasting, fault))
    lasting = wanted
    for (const fault of begun) journal.restart(fault)
    for (const fault of ended) journal.note('off', describe(fault))
    for (const fault of begun) journal.note('on', describe(fault))
    current?.line.changed()
    onChange()
  }
  const closeSecond = () => {
    second?.close()
    second = null
  }
  const connectTwice = () => {
    closeSecond()
    second =
      openSecond?.({
        onOnline: () => journal.note('secondOnline', ''),
        onEnd: (why) => {
          second = null
          journal.note('secondEnded', why)
        },
      }) ?? null
  }
  const drop = (how: 'fin' | 'rst', { connection }: NonNullable<typeof current>) => {
    const isReset = how === 'rst' && connection.reset()
    const way = isReset ? 'RST' : 'FIN'
    journal.note('dropped', way)
    connection.fail({
      code: 'droppedOnPurpose',
      message: `The fault kit dropped the connection (${way}).`,
      values: { how: way },
    })
  }
  const again = (isDup: boolean, { line }: NonNullable<typeof current>) => {
    const sent = line.sendAgain(isDup)
    if (sent === null) journal.note('nothingToSend', '')
    else journal.note(isDup ? 'sentAgain' : 'idUsedAgain', sent)
  }
  const actOn = (fault: MomentaryFault, online: NonNullable<typeof current>) => {
    if (fault.kind === 'dropSocket') drop(fault.how, online)
    else if (fault.kind === 'resendWithDup') again(true, online)
    else if (fault.kind === 'reusePacketId') again(false, online)
    else if (fault.kind === 'connectTwice') connectTwice()
    else {
      const bytes = Buffer.from(hexBytes(fault.hex) ?? [])
      online.line.sendRaw(bytes)
      journal.note('sentRaw', `${bytes.length} bytes`)
    }
  }
  const stop = () => {
    if (!scenario) return
    const { name } = scenario
    scenario.stop()
    scenario = null
    journal.note('scenarioEnded', name)
  }
  const isOff = () => fail('notFound', 'The fault kit of this connection is off.')

  return {
    status: () => ({
      connectionId,
      isArmed,
      lasting,
      counts: journal.counts(),
      events: journal.events(),
      scenario: scenario && { name: scenario.name, elapsedMs: scenario.elapsedMs(), totalMs: scenario.totalMs },
    }),
    arm: (wanted) => {
      if (wanted === isArmed) return
      if (!wanted) {
        stop()
        closeSecond()
        switchTo([])
      }
      isArmed = wanted
      journal.note(wanted ? 'on' : 'off', '')
      current?.line.changed()
    },
    set: (wanted) => {
      if (!isArmed) return isOff()
      switchTo(wanted.reduce<readonly LastingFault[]>(withFault, []))
      return ok(null)
    },
    act: (fault) => {
      if (!isArmed) return isOff()
      if (!current) return fail('notConnected', 'There is no connection to break.')
      actOn(fault, current)
      return ok(null)
    },
    run: (wanted) => {
      if (!isArmed) return isOff()
      stop()
      journal.note('scenarioStarted', wanted.name)
      scenario = runScenario(wanted, {
        switchOn: (fault) => switchTo(withFault(lasting, fault)),
        switchOff: (fault) => switchTo(withoutFault(lasting, fault)),
        act: (fault) => {
          if (current) actOn(fault, current)
          else journal.note('notOnline', describe(fault))
        },
        onEnd: stop,
      })
      return ok(null)
    },
    stop,
    begin: (wire, connection) => {
      answers.clear()
      const rules: FaultRules = {
        isVersion5: connection.isVersion5,
        isArmed: () => isArmed,
        find,
        note: (what: FaultDeed, about, fault) => journal.note(what, about, fault),
      }
      const line = createFaultLine(wire, rules, answers)
      const opened = { line, connection }
      current = opened
      line.changed()
      return {
        ...line,
        close: () => {
          line.close()
          if (current === opened) current = null
        },
      }
    },
    onConnectTwice: (open) => void (openSecond = open),
    takesAnswer: (packet) => {
      const isOurs = answers.take(packet)
      // §4.3.3: so that the server can free the identifier.
      if (isOurs && packet.type === 'pubrec' && packet.reasonCode < 0x80) current?.line.release(packet.packetId)
      return isOurs
    },
  }
}

/** In the words of the contract, for the timeline. */
const describe = (fault: LastingFault | MomentaryFault): string =>
  Object.values(fault.kind === 'rawBytes' ? { kind: fault.kind } : fault).join(' ')
