import {
  withFault,
  type FaultScenario,
  type FaultsStatus,
  type LastingFault,
  type MomentaryFault,
} from '#shared/model/fault'
import { fail, ok, type Result } from '#shared/result'
import type { Acknowledgement } from '../packets/controlPacket'
import { createExpectedAnswers } from './expectedAnswers'
import { createFaultJournal } from './faultJournal'
import { createFaultLine, type FaultLine, type Wire } from './faultLine'
import type { FaultRules } from './faultRules'
import { createLastingFaults } from './lastingFaults'
import { createMomentaryFaults, type FaultedConnection, type FaultedOnline, type OpenSecond } from './momentaryFaults'
import { runScenario, type ScenarioRun } from './scenarioRun'

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
  /** Switched off, everything that is on ends. */
  arm(isArmed: boolean): void
  set(lasting: readonly LastingFault[]): Result<null>
  act(fault: MomentaryFault): Result<null>
  run(scenario: FaultScenario): Result<null>
  stop(): void
  /** A network connection begins. */
  begin(wire: Wire, connection: FaultedConnection): FaultLine
  /** How a second connection is opened. */
  onConnectTwice(open: OpenSecond): void
  /** Whether an answer belongs to a packet of ours that no message waits for. */
  takesAnswer(packet: Acknowledgement): boolean
}

export const createConnectionFaults = (parts: ConnectionFaultsParts): ConnectionFaults => {
  const { connectionId, now, onChange, onStep } = parts
  let isArmed = false
  let current: FaultedOnline | null = null
  let openSecond: OpenSecond | null = null
  const answers = createExpectedAnswers()
  const journal = createFaultJournal(now, ({ what, about }) => {
    onStep(about === '' ? what : `${what}: ${about}`)
    onChange()
  })
  const lasting = createLastingFaults(journal, () => {
    current?.line.changed()
    onChange()
  })
  const momentary = createMomentaryFaults(journal, () => openSecond)
  const scenario = createScenarioRuns(journal.note, {
    switchOn: lasting.switchOn,
    switchOff: lasting.switchOff,
    act: (fault) => {
      if (current) momentary.act(fault, current)
      else journal.note('notOnline', fault.kind)
    },
  })

  return {
    status: () => ({
      connectionId,
      isArmed,
      lasting: lasting.all(),
      counts: journal.counts(),
      events: journal.events(),
      scenario: scenario.status(),
    }),
    arm: (wanted) => {
      if (wanted === isArmed) return
      if (!wanted) {
        scenario.stop()
        momentary.closeSecond()
        lasting.switchTo([])
      }
      isArmed = wanted
      journal.note(wanted ? 'on' : 'off', '')
    },
    set: (wanted) => {
      if (!isArmed) return isOff()
      lasting.switchTo(wanted.reduce<readonly LastingFault[]>(withFault, []))
      return ok(null)
    },
    act: (fault) => {
      if (!isArmed) return isOff()
      if (!current) return fail('notConnected', 'There is no connection to break.')
      momentary.act(fault, current)
      return ok(null)
    },
    run: (wanted) => {
      if (!isArmed) return isOff()
      scenario.run(wanted)
      return ok(null)
    },
    stop: scenario.stop,
    begin: (wire, connection) => {
      answers.clear()
      const { isVersion5 } = connection
      const rules: FaultRules = { isVersion5, isArmed: () => isArmed, find: lasting.find, note: journal.note }
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

const isOff = () => fail('notFound', 'The fault kit of this connection is off.')

/** One scenario at a time. */
const createScenarioRuns = (note: FaultRules['note'], parts: Omit<Parameters<typeof runScenario>[1], 'onEnd'>) => {
  let current: ScenarioRun | null = null
  const stop = () => {
    if (!current) return
    const { name } = current
    current.stop()
    current = null
    note('scenarioEnded', name)
  }
  return {
    status: (): FaultsStatus['scenario'] =>
      current && { name: current.name, elapsedMs: current.elapsedMs(), totalMs: current.totalMs },
    run: (scenario: FaultScenario): void => {
      stop()
      note('scenarioStarted', scenario.name)
      current = runScenario(scenario, { ...parts, onEnd: stop })
    },
    stop,
  }
}
